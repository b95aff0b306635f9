package dev.lion.loop;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.role.Student;
import dev.lion.run.Answer;
import dev.lion.run.AnswerJournal;
import dev.lion.run.IterationDirectory;
import dev.lion.run.RecordType;
import dev.lion.run.Stage;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The teacher answers the Train Pool, and the student is fine-tuned on the answers (paper, section 3.1). */
final class ImitationStage {
    private final RunContext context;
    private final TeacherAnswers answers;
    private final Strategies strategies;
    private final StudentCopies students;

    ImitationStage(RunContext context, TeacherAnswers answers, Strategies strategies, StudentCopies students) {
        this.context = context;
        this.answers = answers;
        this.strategies = strategies;
        this.students = students;
    }

    /**
     * What the student learnt.
     *
     * @param summary the student's account
     * @param leftOut instructions of the Train Pool without a usable answer
     */
    record Imitated(ImitationSummary summary, int leftOut) {}

    Imitated run(int iteration, InstructionPool trainPool, InstructionPool cachePool) {
        IterationDirectory files = context.run().iteration(iteration);
        ImitationSummary summary = files.imitation().orElseGet(() -> imitate(iteration, trainPool, cachePool, files));
        students.use(files.student().orElseThrow());
        int leftOut = trainPool.size() - answers.demonstrations(trainPool).size();
        return new Imitated(summary, leftOut);
    }

    private ImitationSummary imitate(
            int iteration, InstructionPool trainPool, InstructionPool cachePool, IterationDirectory files) {
        List<Instruction> newcomers = trainPool.instructions().stream()
                .filter(instruction -> !answers.contains(instruction))
                .toList();
        try (Sitting sitting = new Sitting(context, iteration, Stage.IMITATION, newcomers.size())) {
            students.prepare(sitting);
            if (files.committed(RecordType.ANSWERS).isEmpty()) {
                askTeacher(sitting, newcomers, files);
            }
            List<Demonstration> demonstrations = answers.demonstrations(trainPool);
            if (demonstrations.isEmpty()) {
                throw new NothingUsableException("the teacher gave no usable answer to any of the " + trainPool.size()
                        + " instructions of iteration " + iteration
                        + "; look at its answers, its limit of tokens and its content filter");
            }
            ImitationSummary summary = train(sitting, demonstrations, cachePool, files);
            sitting.finished(describe(summary, trainPool.size() - demonstrations.size()));
            return summary;
        }
    }

    private ImitationSummary train(
            Sitting sitting, List<Demonstration> demonstrations, InstructionPool cachePool, IterationDirectory files) {
        try (VerdictPreferences preferences =
                VerdictPreferences.of(context, strategies, sitting.iteration(), cachePool)) {
            Training training = new Training(sitting, files.trainingDirectory(), preferences.pairs());
            ImitationSummary summary = train(sitting, demonstrations, training, files);
            if (summary.preferences().isEmpty() && !training.preferences().isEmpty()) {
                sitting.notice("the student learnt nothing from "
                        + training.preferences().size() + " preferences: it has no objective for them");
            }
            return summary;
        }
    }

    private static String describe(ImitationSummary summary, int unanswered) {
        var words = new StringBuilder("learnt from " + summary.examples() + " answers");
        words.append(lossAtTheEnd(summary.imitationLosses()));
        if (unanswered > 0) {
            words.append(", " + unanswered + " left out without a usable answer");
        }
        if (summary.skipped() > 0) {
            words.append(String.format(
                    Locale.ROOT,
                    ", %,d left out as too long or empty (%,d tokens)",
                    summary.skipped(),
                    summary.skippedTokens()));
        }
        summary.preferences().ifPresent(part -> {
            words.append(String.format(Locale.ROOT, "; then from %,d preferences", part.pairs()))
                    .append(lossAtTheEnd(summary.preferenceLosses()));
            if (part.skipped() > 0) {
                words.append(String.format(Locale.ROOT, ", %,d left out as too long", part.skipped()));
            }
        });
        return words.toString();
    }

    private static String lossAtTheEnd(List<LossPoint> points) {
        int last = Math.max(1, points.size() / 10);
        var end = points.stream()
                .skip(points.size() - Math.min(last, points.size()))
                .mapToDouble(LossPoint::loss)
                .average();
        return end.isPresent() ? String.format(Locale.ROOT, ", loss %.2f at the end", end.getAsDouble()) : "";
    }

    private void askTeacher(Sitting sitting, List<Instruction> newcomers, IterationDirectory files) {
        try (AnswerJournal journal = files.journal(RecordType.ANSWERS, answers.store());
                StageCalls calls = new StageCalls(sitting)) {
            TeacherBatches batches = new TeacherBatches(sitting, answers, journal, newcomers);
            BatchAsking.ask(
                    sitting, batches, newcomers.stream().map(Instruction::id).toList(), InstantSource.system());
            for (Instruction instruction : newcomers) {
                if (answers.contains(instruction)) {
                    sitting.itemDone();
                } else {
                    calls.submit(teacherCall(sitting, instruction, journal));
                    calls.awaitAtMost(4 * context.config().maxConcurrentCalls());
                }
            }
            calls.awaitAll();
        }
        files.commit(RecordType.ANSWERS, answers.store(), answered(newcomers));
        files.discard(RecordType.ANSWERS);
        files.discard(RecordType.BATCHES);
    }

    private StageCalls.Call<Response> teacherCall(Sitting sitting, Instruction instruction, AnswerJournal journal) {
        return new StageCalls.Call<>(
                Role.TEACHER,
                instruction.id(),
                instruction.id(),
                () -> Objects.requireNonNull(context.roles().teacher().answer(instruction), "it returned null"),
                response -> {
                    journal.append(new Answer(instruction.id(), response));
                    received(sitting, instruction, response);
                },
                reason -> sitting.itemDone());
    }

    private static void received(Sitting sitting, Instruction instruction, Response response) {
        TeacherAnswers.fault(response).ifPresent(fault -> sitting.setAside(Role.TEACHER, instruction.id(), fault));
        sitting.itemDone();
    }

    private List<String> answered(List<Instruction> newcomers) {
        return newcomers.stream().filter(answers::contains).map(Instruction::id).toList();
    }

    private ImitationSummary train(
            Sitting sitting, List<Demonstration> demonstrations, Training training, IterationDirectory files) {
        ImitationSummary summary = sitting.call(
                Role.STUDENT,
                "to imitate " + demonstrations.size() + " answers and save itself",
                () -> learn(demonstrations, training, files));
        files.finishImitation(summary);
        students.saved(files.student().orElseThrow());
        return summary;
    }

    // one call, so that what was learnt is saved even when a stop was asked for meanwhile
    private ImitationSummary learn(List<Demonstration> demonstrations, Training training, IterationDirectory files)
            throws Exception {
        Student student = context.roles().student();
        ImitationSummary summary =
                Objects.requireNonNull(student.imitate(demonstrations, training), "imitate returned null");
        student.save(files.pendingStudent());
        return summary;
    }
}
