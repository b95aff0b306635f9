package dev.lion.loop;

import com.google.common.collect.Lists;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.run.Answer;
import dev.lion.run.IterationDirectory;
import dev.lion.run.IterationSummary;
import dev.lion.run.Journal;
import dev.lion.run.OrderedVerdict;
import dev.lion.run.OrderedVerdict.Order;
import dev.lion.run.RecordType;
import dev.lion.run.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Teacher and student both answer the Cache Pool, the referee scores both answers in both orders, and the mean gap parts
 * hard from easy instructions (paper, section 3.2). The student answers batch after batch on the coordinating thread while
 * the referee is busy with earlier ones.
 *
 * <p>An instruction that has no usable answer of the teacher, even when it is asked once more, or no verdict in either
 * order, is in neither part.
 */
final class DiscriminationStage {
    private final RunContext context;
    private final TeacherAnswers answers;

    DiscriminationStage(RunContext context, TeacherAnswers answers) {
        this.context = context;
        this.answers = answers;
    }

    Split run(int iteration, InstructionPool cachePool) {
        IterationDirectory files = context.run().iteration(iteration);
        if (files.discrimination().isEmpty()) {
            discriminate(iteration, cachePool, files);
        }
        List<Judgement> judgements = files.committed(RecordType.VERDICTS).orElseThrow();
        return Split.of(cachePool, judgements, context.config().hardGap());
    }

    private void discriminate(int iteration, InstructionPool cachePool, IterationDirectory files) {
        try (LateAnswers late = new LateAnswers(answers, files)) {
            discriminate(iteration, cachePool, files, late);
        }
        files.discard(RecordType.LATE_ANSWERS);
    }

    private void discriminate(int iteration, InstructionPool cachePool, IterationDirectory files, LateAnswers late) {
        List<Instruction> answered = late.candidates(cachePool);
        try (Sitting sitting = new Sitting(context, iteration, Stage.DISCRIMINATION, answered.size())) {
            Judged judged = judge(sitting, answered, files, late);
            Split split =
                    Split.of(cachePool, judged.judgements(), context.config().hardGap());
            if (split.hard().isEmpty() && split.easy().isEmpty()) {
                throw new NothingUsableException("the referee judged none of the " + cachePool.size()
                        + " instructions of the Cache Pool in iteration " + iteration + "; look at its verdicts");
            }
            late.commit(files, cachePool);
            files.commit(RecordType.STUDENT_ANSWERS, judged.studentAnswers());
            files.commit(RecordType.VERDICTS, judged.judgements());
            IterationSummary.Discrimination summary = split.summary(cachePool.size(), judged.judgements());
            files.finishDiscrimination(summary);
            files.discard(RecordType.STUDENT_ANSWERS);
            files.discard(RecordType.SINGLE_VERDICTS);
            sitting.finished(String.format(
                    Locale.ROOT,
                    "%d hard, %d easy, %d missing; mean score %.1f, the teacher's %.1f",
                    summary.hard(),
                    summary.easy(),
                    summary.missing(),
                    summary.studentScore(),
                    summary.teacherScore()));
        }
    }

    /** What there is on the answered instructions, in their order. */
    private record Judged(List<Answer> studentAnswers, List<Judgement> judgements) {}

    private Judged judge(Sitting sitting, List<Instruction> answered, IterationDirectory files, LateAnswers late) {
        try (Journal<Answer> answerJournal = files.journal(RecordType.STUDENT_ANSWERS);
                Journal<OrderedVerdict> verdictJournal = files.journal(RecordType.SINGLE_VERDICTS);
                StageCalls calls = new StageCalls(sitting)) {
            StudentAnswers studentAnswers = new StudentAnswers(sitting, answerJournal);
            Verdicts verdicts = new Verdicts(sitting, verdictJournal);
            for (List<Instruction> batch :
                    Lists.partition(answered, context.config().studentBatch())) {
                List<Answer> answersToBatch = studentAnswers.to(batch);
                for (int i = 0; i < batch.size(); i++) {
                    ask(
                            calls,
                            verdicts,
                            late,
                            batch.get(i),
                            answersToBatch.get(i).response());
                }
                calls.awaitAtMost(mostOutstanding());
            }
            calls.awaitAll();
            return new Judged(studentAnswers.to(answered), verdicts.judgements(answered));
        }
    }

    // enough to keep the referee busy while the student answers the next batch
    private int mostOutstanding() {
        return 4
                * Math.max(
                        context.config().maxConcurrentCalls(), context.config().studentBatch());
    }

    private void ask(StageCalls calls, Verdicts verdicts, LateAnswers late, Instruction instruction, Response student) {
        late.find(
                context.roles().teacher(),
                calls,
                instruction,
                teacher -> askReferee(calls, verdicts, instruction, teacher, student),
                reason -> {
                    for (Order order : Order.values()) {
                        verdicts.missing(new OrderedVerdict(instruction.id(), order, Verdict.abstain(reason)));
                    }
                });
    }

    private void askReferee(
            StageCalls calls, Verdicts verdicts, Instruction instruction, Response teacher, Response student) {
        for (Order order : Order.values()) {
            if (!verdicts.contains(instruction, order)) {
                Comparison comparison = order == Order.TEACHER_FIRST
                        ? new Comparison(instruction, teacher, student)
                        : new Comparison(instruction, student, teacher);
                calls.submit(refereeCall(comparison, order, verdicts));
            }
        }
    }

    private StageCalls.Call<Verdict> refereeCall(Comparison comparison, Order order, Verdicts verdicts) {
        Instruction instruction = comparison.instruction();
        return new StageCalls.Call<>(
                Role.REFEREE,
                instruction.id(),
                instruction.id(),
                () -> judge(comparison),
                verdict -> verdicts.add(new OrderedVerdict(instruction.id(), order, verdict)),
                reason -> verdicts.missing(new OrderedVerdict(instruction.id(), order, Verdict.abstain(reason))));
    }

    private Verdict judge(Comparison comparison) throws Exception {
        Verdict verdict = Objects.requireNonNull(context.roles().referee().judge(comparison), "it returned null");
        if (verdict instanceof Verdict.Abstained abstained) {
            throw new AbstainedException(abstained.reason());
        }
        return verdict;
    }
}
