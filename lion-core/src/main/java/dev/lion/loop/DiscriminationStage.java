package dev.lion.loop;

import com.google.common.collect.Lists;
import com.google.common.primitives.Ints;
import dev.lion.data.AnswerOrder;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.judging.Assessment;
import dev.lion.judging.Docket;
import dev.lion.judging.Inquiry;
import dev.lion.judging.Past;
import dev.lion.judging.Questions;
import dev.lion.role.Comparison;
import dev.lion.run.Answer;
import dev.lion.run.IterationDirectory;
import dev.lion.run.IterationSummary;
import dev.lion.run.Journal;
import dev.lion.run.OrderedVerdict;
import dev.lion.run.RecordType;
import dev.lion.run.Stage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Teacher and student both answer the Cache Pool, the referee scores both answers in both orders, and the mean gap parts
 * hard from easy instructions (paper, section 3.2), or as {@link LoopConfig#judging} has it. The student answers batch
 * after batch on the coordinating thread while the referee is busy with earlier ones; a round of questions that depends on
 * the answers to an earlier one waits for them.
 *
 * <p>An instruction that has no usable answer of the teacher, even when it is asked once more, or lacks a verdict that was asked for, is in neither part.
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
        return files.discrimination().isPresent()
                ? finished(cachePool, files)
                : discriminate(iteration, cachePool, files);
    }

    private static Split finished(InstructionPool cachePool, IterationDirectory files) {
        Split.Parting parting = new Split.Parting(cachePool);
        files.committed(RecordType.VERDICTS, parting);
        return parting.split();
    }

    private Split discriminate(int iteration, InstructionPool cachePool, IterationDirectory files) {
        Split split;
        try (LateAnswers late = new LateAnswers(answers, files);
                Journal<Answer> answerJournal = files.journal(RecordType.STUDENT_ANSWERS);
                Journal<OrderedVerdict> verdictJournal = files.journal(RecordType.SINGLE_VERDICTS)) {
            List<Instruction> answered = late.candidates(cachePool);
            try (Sitting sitting = new Sitting(context, iteration, Stage.DISCRIMINATION, answered.size())) {
                StudentAnswers studentAnswers = new StudentAnswers(sitting, answerJournal, answered);
                Verdicts verdicts = new Verdicts(sitting, verdictJournal, answered);
                Judged judged = judge(sitting, answered, late, studentAnswers, verdicts);
                split = Split.of(cachePool, judged.scored());
                requireUsable(judged, split, cachePool, iteration);
                late.commit(files, cachePool);
                sitting.finished(Judged.describe(commit(files, judged, cachePool, split)));
            }
        }
        files.discard(RecordType.LATE_ANSWERS);
        files.discard(RecordType.STUDENT_ANSWERS);
        files.discard(RecordType.SINGLE_VERDICTS);
        files.discard(RecordType.BATCHES);
        return split;
    }

    private static IterationSummary.Discrimination commit(
            IterationDirectory files, Judged judged, InstructionPool cachePool, Split split) {
        files.commit(RecordType.STUDENT_ANSWERS, judged.studentAnswers());
        files.commit(RecordType.VERDICTS, judged.judgements());
        IterationSummary.Discrimination summary = judged.discrimination(cachePool, split);
        files.finishDiscrimination(summary);
        return summary;
    }

    private static void requireUsable(Judged judged, Split split, InstructionPool cachePool, int iteration) {
        if (split.isEmpty() || judged.summary().orders().compared() == 0) {
            throw new NothingUsableException("the referee judged none of the " + cachePool.size()
                    + " instructions of the Cache Pool in iteration " + iteration
                    + " in a way that can be used; look at its verdicts");
        }
    }

    private Judged judge(
            Sitting sitting,
            List<Instruction> answered,
            LateAnswers late,
            StudentAnswers studentAnswers,
            Verdicts verdicts) {
        try (StageCalls calls = new StageCalls(sitting)) {
            Inquiry inquiry = inquiry(sitting.iteration(), answered);
            Optional<Questions> round = inquiry.next(verdicts::advantage);
            for (; round.isPresent(); round = inquiry.next(verdicts::advantage)) {
                new Round(sitting, answered, round.get(), calls, late, studentAnswers, verdicts).ask();
            }
            return judged(studentAnswers, verdicts, inquiry.assess(verdicts::advantage));
        }
    }

    private static Judged judged(StudentAnswers studentAnswers, Verdicts verdicts, Assessment assessment) {
        int[] judged = assessment.judged().toArray();
        return new Judged(
                studentAnswers.at(judged),
                verdicts.judgements(judged, assessment),
                verdicts.scored(judged, assessment),
                verdicts.scored(assessment.representative().toArray(), assessment),
                assessment.summary());
    }

    private Inquiry inquiry(int iteration, List<Instruction> answered) {
        LoopConfig config = context.config();
        Past past = config.judging().looksBack()
                ? Past.before(iteration, earlier -> context.run().judgements(earlier))
                : Past.none();
        return new Inquiry(
                config.judging(),
                config.hardRule(),
                new Docket(
                        answered,
                        past,
                        instruction ->
                                Randomness.seed(config.seed(), iteration, Stage.DISCRIMINATION, instruction.id())));
    }

    /** Questions that are asked without waiting for each other's answers. */
    private final class Round {
        private final Sitting sitting;
        private final List<Instruction> answered;
        private final Questions questions;
        private final StageCalls calls;
        private final LateAnswers late;
        private final StudentAnswers studentAnswers;
        private final Verdicts verdicts;

        private Round(
                Sitting sitting,
                List<Instruction> answered,
                Questions questions,
                StageCalls calls,
                LateAnswers late,
                StudentAnswers studentAnswers,
                Verdicts verdicts) {
            this.sitting = sitting;
            this.answered = answered;
            this.questions = questions;
            this.calls = calls;
            this.late = late;
            this.studentAnswers = studentAnswers;
            this.verdicts = verdicts;
        }

        private void ask() {
            verdicts.begin(questions);
            List<Integer> positions = Ints.asList(questions.positions().toArray());
            new BatchedRound(sitting, answered, calls, late, studentAnswers, verdicts).ask(positions, this::awaited);
            for (List<Integer> batch :
                    Lists.partition(positions, context.config().studentBatch())) {
                List<Response> responses = studentAnswers.to(batch);
                for (int i = 0; i < batch.size(); i++) {
                    ask(batch.get(i), responses.get(i));
                }
                calls.awaitAtMost(mostOutstanding());
            }
            calls.awaitAll();
        }

        private void ask(int position, Response student) {
            late.find(
                    context.roles().teacher(),
                    calls,
                    answered.get(position),
                    teacher -> awaited(position)
                            .forEach(order -> calls.submit(refereeCall(position, order, teacher, student))),
                    reason -> awaited(position).forEach(order -> verdicts.missing(position, order, reason)));
        }

        private List<AnswerOrder> awaited(int position) {
            return Stream.of(AnswerOrder.values())
                    .filter(order -> questions.contains(position, order) && !verdicts.contains(position, order))
                    .toList();
        }

        private StageCalls.Call<Verdict> refereeCall(
                int position, AnswerOrder order, Response teacher, Response student) {
            Instruction instruction = answered.get(position);
            Comparison comparison = order == AnswerOrder.TEACHER_FIRST
                    ? new Comparison(instruction, teacher, student)
                    : new Comparison(instruction, student, teacher);
            return new StageCalls.Call<>(
                    Role.REFEREE,
                    instruction.id(),
                    instruction.id(),
                    () -> judge(comparison),
                    verdict -> verdicts.add(position, order, verdict),
                    reason -> verdicts.missing(position, order, reason));
        }
    }

    // enough to keep the referee busy while the student answers the next batch
    private int mostOutstanding() {
        return 4
                * Math.max(
                        context.config().maxConcurrentCalls(), context.config().studentBatch());
    }

    private Verdict judge(Comparison comparison) throws Exception {
        Verdict verdict = Objects.requireNonNull(context.roles().referee().judge(comparison), "it returned null");
        if (verdict instanceof Verdict.Abstained abstained) {
            throw new AbstainedException(abstained.reason());
        }
        return verdict;
    }
}
