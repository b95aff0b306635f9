package dev.lion.loop;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.InstructionPool;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.role.StoppedException;
import dev.lion.run.IterationDirectory;
import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Discrimination;
import dev.lion.run.IterationSummary.Generation;
import dev.lion.run.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The paper's algorithm 1 over the three stages. Each stage knows what it finished in an earlier sitting. */
final class Coordinator {
    private final RunContext context;
    private final ImitationStage imitation;
    private final DiscriminationStage discrimination;
    private final GenerationStage generation;
    private InstructionPool trainPool;
    private InstructionPool cachePool;

    Coordinator(RunContext context, InstructionPool seeds, List<AcceptanceRule> rules, Supplier<NoveltyIndex> novelty) {
        TeacherAnswers answers = context.answers();
        this.context = context;
        this.imitation = new ImitationStage(context, answers);
        this.discrimination = new DiscriminationStage(context, answers);
        this.generation = new GenerationStage(context, rules, novelty);
        this.trainPool = seeds;
        this.cachePool = seeds;
    }

    LoopResult run() {
        try {
            restoreStudent();
            if (isOpen(0)) {
                imitate(0);
            }
            for (int iteration = 1; iteration <= context.config().iterations(); iteration++) {
                iterate(iteration);
                if (trainPool.size() == 0) {
                    return result(
                            LoopResult.Status.EXHAUSTED,
                            "iteration " + iteration + " brought no new instruction, so there is nothing to imitate"
                                    + Outcome.of(
                                            context.run().iteration(iteration).generation()));
                }
            }
            return result(LoopResult.Status.COMPLETED, "all iterations are done");
        } catch (StoppedException e) {
            return result(
                    LoopResult.Status.STOPPED,
                    e.getMessage() + "; everything so far is in "
                            + context.run().path() + ", from where running again goes on");
        }
    }

    private void iterate(int iteration) {
        boolean open = isOpen(iteration);
        if (open) {
            Split split = discrimination.run(iteration, cachePool);
            generation.run(iteration, split, cachePool);
        }
        trainPool = InstructionPool.of(context.run().generated(iteration)); // replaced
        cachePool = cachePool.plus(trainPool); // enriched
        if (open && trainPool.size() > 0) {
            imitate(iteration);
        }
    }

    private void imitate(int iteration) {
        ImitationStage.Imitated imitated = imitation.run(iteration, trainPool);
        IterationDirectory files = context.run().iteration(iteration);
        Optional<Discrimination> discriminated = files.discrimination();
        Optional<Generation> generated = files.generation();
        IterationSummary summary = new IterationSummary(
                iteration,
                discriminated,
                generated,
                trainPool.size(),
                cachePool.size(),
                imitated.leftOut(),
                imitated.summary(),
                evaluate(iteration));
        files.finish(summary);
        context.events().tell(new LoopEvent.IterationFinished(summary));
    }

    private Optional<EvaluationSummary> evaluate(int iteration) {
        return context.roles().evaluation().map(evaluation -> {
            try (Sitting sitting = new Sitting(context, iteration, Stage.EVALUATION, 0)) {
                EvaluationSummary summary = sitting.call(
                        Role.EVALUATION,
                        "of the student",
                        () -> Objects.requireNonNull(
                                evaluation.evaluate(
                                        new StoppableStudent(context.roles().student(), context.stop())),
                                "it returned null"));
                var overall = summary.overall();
                sitting.finished(String.format(
                        Locale.ROOT,
                        "accuracy %.2f: %d of %d items right",
                        overall.accuracy(),
                        overall.correct(),
                        overall.total()));
                return summary;
            }
        });
    }

    private boolean isOpen(int iteration) {
        return context.run().iteration(iteration).summary().isEmpty();
    }

    private void restoreStudent() {
        context.run().latestStudent().ifPresent(directory -> {
            Awaited restored = context.watch().begin(CallSite.restoring(directory), 1);
            try {
                context.roles().student().restore(directory);
            } catch (Exception e) {
                throw new StudentRestoreException(directory, e);
            } finally {
                context.watch().end(restored);
            }
        });
    }

    private LoopResult result(LoopResult.Status status, String reason) {
        return new LoopResult(
                status,
                reason,
                context.run().summaries(),
                context.run().latestStudent(),
                context.events().failures());
    }
}
