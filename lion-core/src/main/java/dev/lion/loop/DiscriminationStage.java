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

/**
 * Teacher and student both answer the Cache Pool, the referee scores both answers in both orders, and the mean gap parts
 * hard from easy instructions (paper, section 3.2), or as {@link LoopConfig#judging} has it. The student answers batch
 * after batch on the coordinating thread while the referee is busy with earlier ones; a round of questions that depends on
 * the answers to an earlier one waits for them.
 *
 * <p>An instruction that has no usable answer of the teacher, or lacks a verdict that was asked for, is in neither part.
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
                ? Split.of(cachePool, files.committed(RecordType.VERDICTS).orElseThrow())
                : discriminate(iteration, cachePool, files);
    }

    private Split discriminate(int iteration, InstructionPool cachePool, IterationDirectory files) {
        List<Instruction> answered = cachePool.instructions().stream()
                .filter(instruction -> answers.findUsable(instruction).isPresent())
                .toList();
        try (Sitting sitting = new Sitting(context, iteration, Stage.DISCRIMINATION, answered.size())) {
            Judged judged = judge(sitting, answered, files);
            Split split = Split.of(cachePool, judged.judgements());
            requireUsable(judged, split, cachePool, iteration);
            files.commit(RecordType.STUDENT_ANSWERS, judged.studentAnswers());
            files.commit(RecordType.VERDICTS, judged.judgements());
            IterationSummary.Discrimination summary = judged.discrimination(cachePool, split);
            files.finishDiscrimination(summary);
            files.discard(RecordType.STUDENT_ANSWERS);
            files.discard(RecordType.SINGLE_VERDICTS);
            sitting.finished(Judged.describe(summary));
            return split;
        }
    }

    private static void requireUsable(Judged judged, Split split, InstructionPool cachePool, int iteration) {
        if (split.isEmpty() || judged.summary().orders().compared() == 0) {
            throw new NothingUsableException("the referee judged none of the " + cachePool.size()
                    + " instructions of the Cache Pool in iteration " + iteration
                    + " in a way that can be used; look at its verdicts");
        }
    }

    private Judged judge(Sitting sitting, List<Instruction> answered, IterationDirectory files) {
        try (Journal<Answer> answerJournal = files.journal(RecordType.STUDENT_ANSWERS);
                Journal<OrderedVerdict> verdictJournal = files.journal(RecordType.SINGLE_VERDICTS);
                StageCalls calls = new StageCalls(sitting)) {
            StudentAnswers studentAnswers = new StudentAnswers(sitting, answerJournal, answered);
            Verdicts verdicts = new Verdicts(sitting, verdictJournal, answered);
            Inquiry inquiry = inquiry(sitting.iteration(), answered);
            Optional<Questions> round = inquiry.next(verdicts::advantage);
            for (; round.isPresent(); round = inquiry.next(verdicts::advantage)) {
                new Round(answered, round.get(), calls, studentAnswers, verdicts).ask();
            }
            return judged(studentAnswers, verdicts, inquiry.assess(verdicts::advantage));
        }
    }

    private static Judged judged(StudentAnswers studentAnswers, Verdicts verdicts, Assessment assessment) {
        int[] judged = assessment.judged().toArray();
        return new Judged(
                studentAnswers.at(judged),
                verdicts.judgements(judged, assessment),
                verdicts.judgements(assessment.representative().toArray(), assessment),
                assessment.summary());
    }

    private Inquiry inquiry(int iteration, List<Instruction> answered) {
        LoopConfig config = context.config();
        Past past = config.judging().looksBack()
                ? Past.before(iteration, earlier -> context.run().judgements(earlier))
                : Past.none();
        return new Inquiry(
                config.judging(),
                config.hard(),
                new Docket(
                        answered,
                        past,
                        instruction ->
                                Randomness.seed(config.seed(), iteration, Stage.DISCRIMINATION, instruction.id())));
    }

    /** Questions that are asked without waiting for each other's answers. */
    private final class Round {
        private final List<Instruction> answered;
        private final Questions questions;
        private final StageCalls calls;
        private final StudentAnswers studentAnswers;
        private final Verdicts verdicts;

        private Round(
                List<Instruction> answered,
                Questions questions,
                StageCalls calls,
                StudentAnswers studentAnswers,
                Verdicts verdicts) {
            this.answered = answered;
            this.questions = questions;
            this.calls = calls;
            this.studentAnswers = studentAnswers;
            this.verdicts = verdicts;
        }

        private void ask() {
            verdicts.begin(questions);
            List<Integer> positions = Ints.asList(questions.positions().toArray());
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
            for (AnswerOrder order : AnswerOrder.values()) {
                if (questions.contains(position, order) && !verdicts.contains(position, order)) {
                    calls.submit(refereeCall(position, order, student));
                }
            }
        }

        private StageCalls.Call<Verdict> refereeCall(int position, AnswerOrder order, Response student) {
            Instruction instruction = answered.get(position);
            Response teacher = answers.findUsable(instruction).orElseThrow();
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
