package dev.lion.loop;

import dev.lion.run.IterationSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param status whether it did all it was asked for
 * @param reason the status in words
 * @param iterations summaries of the finished iterations, in order
 * @param student the run's student, {@link dev.lion.run.RunDirectory#student()}: the one that was kept last; empty when no
 *     imitation was finished
 * @param listenerFailures exceptions that listeners threw; each is in the log
 */
public record LoopResult(
        Status status, String reason, List<IterationSummary> iterations, Optional<Path> student, int listenerFailures) {
    public LoopResult {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
        iterations = List.copyOf(iterations);
        Objects.requireNonNull(student, "student");
    }

    /** Ways to end. */
    public enum Status {
        /** All iterations are done. */
        COMPLETED,
        /** {@link AdversarialLoop#stop()} was called, or the thread was interrupted; running again continues. */
        STOPPED,
        /** A limit of the {@link dev.lion.cost.Budget} is reached; running again with a larger one continues. */
        BUDGET_EXHAUSTED,
        /** The generator brought nothing new, or the Train Pool is empty, so there is nothing left to imitate. */
        EXHAUSTED,
        /** The {@link LoopConfig#stopRule()} found that it is enough; running again under another one continues. */
        ENDED_BY_RULE
    }
}
