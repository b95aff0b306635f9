package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Preference;
import dev.lion.data.Response;
import dev.lion.run.AnswerStore;
import dev.lion.run.RecordType;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The preferences that an iteration's verdicts make, in the order of the Cache Pool. All of it is read from the iteration's
 * committed files, the pairs as they are looked at, so that a resumed run has the same ones. For the coordinating thread;
 * the list may be read from any until this is closed.
 */
final class VerdictPreferences implements AutoCloseable {
    private final TeacherAnswers teacher;
    private final AnswerStore student;
    private final List<Instruction> preferred = new ArrayList<>();

    private VerdictPreferences(TeacherAnswers teacher, AnswerStore student) {
        this.teacher = teacher;
        this.student = student;
    }

    /** Those of an iteration; none in the first one, or where the configuration has no rule for them. */
    static VerdictPreferences of(RunContext context, Strategies strategies, int iteration, InstructionPool cachePool) {
        return iteration == 0 || context.config().preferences().isEmpty()
                ? new VerdictPreferences(context.answers(), new AnswerStore(VerdictPreferences::isFit))
                : judged(context, strategies, iteration, cachePool);
    }

    private static VerdictPreferences judged(
            RunContext context, Strategies strategies, int iteration, InstructionPool cachePool) {
        AnswerStore answers = context.run().studentAnswers(iteration, VerdictPreferences::isFit);
        VerdictPreferences preferences = new VerdictPreferences(context.answers(), answers);
        try {
            context.run().iteration(iteration).committed(RecordType.VERDICTS, judgement -> {
                if (strategies.isPreference(iteration, judgement)) {
                    preferences.addIfFit(
                            cachePool.find(judgement.instructionId()).orElseThrow());
                }
            });
            return preferences;
        } catch (RuntimeException e) {
            preferences.close();
            throw e;
        }
    }

    private static boolean isFit(Response response) {
        return !response.text().isBlank();
    }

    // nothing can be learnt from a blank answer, or from two that are the same
    private void addIfFit(Instruction instruction) {
        boolean usable = teacher.isUsable(instruction) && student.isUsable(instruction.id());
        if (usable && !chosen(instruction).text().equals(rejected(instruction).text())) {
            preferred.add(instruction);
        }
    }

    private Response chosen(Instruction instruction) {
        return teacher.find(instruction).orElseThrow();
    }

    private Response rejected(Instruction instruction) {
        return student.find(instruction.id()).orElseThrow();
    }

    List<Preference> pairs() {
        return new Pairs();
    }

    private final class Pairs extends AbstractList<Preference> implements RandomAccess {
        @Override
        public Preference get(int index) {
            Instruction instruction = preferred.get(index);
            return new Preference(instruction, chosen(instruction), rejected(instruction));
        }

        @Override
        public int size() {
            return preferred.size();
        }
    }

    @Override
    public void close() {
        student.close();
    }
}
