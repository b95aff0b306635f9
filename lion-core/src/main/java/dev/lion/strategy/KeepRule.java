package dev.lion.strategy;

import dev.lion.run.IterationSummary;
import java.util.List;

/**
 * Which student the run goes on with after an imitation, and ends with: by default the one that was just trained, as in the
 * paper ({@link #latest()}).
 */
@FunctionalInterface
public interface KeepRule {
    /**
     * The iteration whose student is kept.
     *
     * @param summaries of all iterations from 0 to the present one, which is the last; its {@link
     *     IterationSummary#keptIteration()} is its own until this rule has spoken
     * @return one of their numbers
     */
    int keptIteration(List<IterationSummary> summaries);

    /** Whether this rule goes by accuracies, so that the loop must be given an evaluation; false by default. */
    default boolean needsEvaluation() {
        return false;
    }

    /**
     * How this rule is called in the run's manifest, with its parameters; "custom" by default. A run is only continued under
     * the same description, so a rule of your own should have one.
     */
    default String description() {
        return "custom";
    }

    /** The student that was just trained. */
    static KeepRule latest() {
        return KeepRules.LATEST;
    }

    /**
     * The student that was just trained, unless it is worse than the most accurate one so far by more than chance explains,
     * compared item by item: then that one. It goes by {@link dev.lion.data.EvaluationSummary#regression()}, so it never goes
     * back under an evaluation that tells counts alone.
     *
     * <p>The interval of the comparison has a confidence of 1 - 0.05 / k with k earlier students that were measured
     * (Bonferroni). Of students that are equally good one falls falsely in about 2 % of the comparisons, however many there
     * were before; a run of many iterations has that chance in each of them.
     */
    static KeepRule unlessFallen() {
        return KeepRules.UNLESS_FALLEN;
    }

    /** The student with the highest accuracy so far, the later one among equals: {@link #best(double)} with 0. */
    static KeepRule best() {
        return best(0);
    }

    /**
     * The student that was just trained, unless its accuracy over all items is lower than the highest so far by more than a
     * tolerance: then the one with the highest, the later one among equals. So the kept student is never behind the best by
     * more than the tolerance, however many small falls follow each other.
     *
     * <p>A student on which no item was asked is not kept when there is one on which some were. An evaluation that fails ends
     * the run, as ever, and is asked again when it continues.
     *
     * @param tolerance a difference of accuracies that is not worth a rollback, from 0 to 1: 0.02 is two points
     */
    static KeepRule best(double tolerance) {
        return new KeepRules.Best(tolerance);
    }
}
