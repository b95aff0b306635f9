package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.role.Teacher;
import dev.lion.run.Answer;
import dev.lion.run.AnswerJournal;
import dev.lion.run.IterationDirectory;
import dev.lion.run.RecordType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Asks the teacher once more, while a discrimination goes on, for the instructions of the Cache Pool that it failed to
 * answer before: the paper's teacher answers all of them. What it answered, but in an unusable way, is not asked for again.
 *
 * <p>Which instructions take part is settled by what was known when the discrimination began, in whatever sitting. For any
 * thread, but for {@link #commit}.
 */
final class LateAnswers implements AutoCloseable {
    private final TeacherAnswers answers;
    private final AnswerJournal journal;
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    LateAnswers(TeacherAnswers answers, IterationDirectory files) {
        this.answers = answers;
        this.journal = files.journal(RecordType.LATE_ANSWERS, answers.store());
        this.arrived.addAll(journal.recovered());
    }

    /** The instructions of a pool that take part: those with a usable answer, and those that had none at all. */
    List<Instruction> candidates(InstructionPool pool) {
        return pool.instructions().stream()
                .filter(instruction -> answers.isUsable(instruction)
                        || !answers.contains(instruction)
                        || journal.recovered().contains(instruction.id()))
                .toList();
    }

    /**
     * Finds the answer to an instruction, or asks the teacher for it.
     *
     * @param usable takes it, at once or, if it has to be asked for, on a calling thread
     * @param missing takes the reason why there is none to be had
     */
    void find(
            Teacher teacher,
            StageCalls calls,
            Instruction instruction,
            Consumer<Response> usable,
            Consumer<String> missing) {
        Optional<Response> known = answers.find(instruction);
        Optional<String> failed = Optional.ofNullable(failures.get(instruction.id()));
        if (known.isPresent()) {
            take(known.get(), usable, missing);
        } else if (failed.isPresent()) {
            missing.accept(failed.get());
        } else {
            calls.submit(call(teacher, instruction, usable, missing));
        }
    }

    private static void take(Response response, Consumer<Response> usable, Consumer<String> missing) {
        TeacherAnswers.fault(response).ifPresentOrElse(missing, () -> usable.accept(response));
    }

    // its failure was counted when it was first asked for
    private StageCalls.Call<Response> call(
            Teacher teacher, Instruction instruction, Consumer<Response> usable, Consumer<String> missing) {
        return new StageCalls.Call<>(
                Role.TEACHER,
                instruction.id(),
                Optional.empty(),
                () -> Objects.requireNonNull(teacher.answer(instruction), "it returned null"),
                response -> {
                    journal.append(new Answer(instruction.id(), response));
                    arrived.add(instruction.id());
                    take(response, usable, missing);
                },
                reason -> {
                    failures.put(instruction.id(), reason);
                    missing.accept(reason);
                });
    }

    /** Waits until what was answered survives a power failure. */
    void force() {
        journal.force();
    }

    @Override
    public void close() {
        journal.close();
    }

    /** Writes what was answered for good, when there is something; the journal stays. */
    void commit(IterationDirectory files, InstructionPool pool) {
        List<String> late = pool.instructions().stream()
                .map(Instruction::id)
                .filter(arrived::contains)
                .toList();
        if (!late.isEmpty()) {
            files.commit(RecordType.LATE_ANSWERS, answers.store(), late);
        }
    }
}
