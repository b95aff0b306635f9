package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.role.StoppedException;
import dev.lion.run.IterationDirectory;
import dev.lion.run.IterationSummary;
import dev.lion.run.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The paper's algorithm 1 over the three stages, with the strategies of the configuration. Each stage knows what it finished
 * in an earlier sitting.
 */
final class Coordinator {
    private final RunContext context;
    private final Strategies strategies;
    private final StudentCopies students;
    private final ImitationStage imitation;
    private final DiscriminationStage discrimination;
    private final GenerationStage generation;
    private final EvaluationStage evaluation;
    private final InstructionPool seeds;
    private final List<List<Instruction>> generated = new ArrayList<>();
    private InstructionPool cachePool;

    Coordinator(RunContext context, InstructionPool seeds, List<AcceptanceRule> rules, Supplier<NoveltyIndex> novelty) {
        TeacherAnswers answers = context.answers();
        this.context = context;
        this.strategies = new Strategies(context.config());
        this.students = new StudentCopies(context, strategies);
        this.imitation = new ImitationStage(context, answers, strategies, students);
        this.discrimination = new DiscriminationStage(context, answers);
        this.generation = new GenerationStage(context, strategies, rules, novelty);
        this.evaluation = new EvaluationStage(context);
        this.seeds = seeds;
        this.cachePool = seeds;
    }

    LoopResult run() {
        try {
            students.takeUp();
            if (isOpen(0)) {
                imitate(0, seeds);
            }
            for (int iteration = 1; iteration <= context.config().iterations(); iteration++) {
                Optional<LoopResult> ended = isOpen(iteration) ? iterate(iteration) : recall(iteration);
                if (ended.isPresent()) {
                    return ended.get();
                }
            }
            context.run().noteEarlyEnd(Optional.empty());
            return result(LoopResult.Status.COMPLETED, "all iterations are done");
        } catch (StoppedException e) {
            return result(
                    LoopResult.Status.STOPPED,
                    e.getMessage() + "; everything so far is in "
                            + context.run().path() + ", from where running again goes on");
        }
    }

    private Optional<LoopResult> recall(int iteration) {
        enrich(iteration);
        return Optional.empty();
    }

    private Optional<LoopResult> iterate(int iteration) {
        Optional<String> enough =
                strategies.reasonToStopBefore(iteration, context.run().summaries());
        if (enough.isPresent()) {
            return early(LoopResult.Status.ENDED_BY_RULE, enough.get());
        }
        context.run().noteEarlyEnd(Optional.empty());
        Split split = discrimination.run(iteration, cachePool);
        generation.run(iteration, split, cachePool);
        if (enrich(iteration) == 0) {
            String reason = "iteration " + iteration + " brought no new instruction, so there is nothing to imitate"
                    + Outcome.of(context.run().iteration(iteration).generation());
            return early(LoopResult.Status.EXHAUSTED, reason);
        }
        InstructionPool trainPool = strategies.trainPool(seeds, generated);
        if (trainPool.size() == 0) {
            String reason = "the trainPoolRule chose nothing in iteration " + iteration;
            return early(LoopResult.Status.EXHAUSTED, reason);
        }
        imitate(iteration, trainPool);
        return Optional.empty();
    }

    // how many are new
    private int enrich(int iteration) {
        List<Instruction> latest = context.run().generated(iteration);
        generated.add(latest);
        cachePool = cachePool.plus(latest);
        return latest.size();
    }

    private void imitate(int iteration, InstructionPool trainPool) {
        ImitationStage.Imitated imitated = imitation.run(iteration, trainPool, cachePool);
        IterationDirectory files = context.run().iteration(iteration);
        IterationSummary trained = new IterationSummary(
                iteration,
                files.discrimination(),
                files.generation(),
                trainPool.size(),
                cachePool.size(),
                imitated.leftOut(),
                imitated.summary(),
                evaluation.run(iteration),
                iteration);
        IterationSummary summary = strategies.kept(context.run().summaries(), trained);
        files.finish(summary);
        students.use(context.run().student().orElseThrow());
        summary.rolledBackTo().ifPresent(kept -> tellOfRollback(iteration, kept));
        context.events().tell(new LoopEvent.IterationFinished(summary));
    }

    private void tellOfRollback(int iteration, int kept) {
        String message = "the student of iteration " + iteration + " is set aside, that of iteration " + kept
                + " is kept (" + context.config().keepRule().description() + ")";
        context.events().tell(new LoopEvent.Notice(iteration, Stage.EVALUATION, message));
    }

    private boolean isOpen(int iteration) {
        return context.run().iteration(iteration).summary().isEmpty();
    }

    private Optional<LoopResult> early(LoopResult.Status status, String reason) {
        context.run().noteEarlyEnd(Optional.of(reason));
        return Optional.of(result(status, reason));
    }

    private LoopResult result(LoopResult.Status status, String reason) {
        return new LoopResult(
                status,
                reason,
                context.run().summaries(),
                context.run().student(),
                context.events().failures());
    }
}
