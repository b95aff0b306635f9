package dev.lion.strategy;

import dev.lion.data.Judgement;

/**
 * Which verdicts become preferences of the teacher's answer over the student's own; a loop that is given no such rule learns
 * from demonstrations alone, as in the paper. The loop asks from its own thread.
 *
 * <p>An iteration's preferences are those of its own discrimination, so the rejected answers are of the student that
 * went into the iteration. Its imitation hands them to the student beside the demonstrations of the Train Pool.
 */
@FunctionalInterface
public interface PreferenceRule {
    /**
     * Whether the teacher's answer is to be preferred.
     *
     * @param judgement with a finding; it must decide alone, as a resumed run asks again
     */
    boolean isPreference(Judgement judgement);

    /**
     * How this rule is called in the run's manifest, with its parameters; "custom" by default. A run is only continued under
     * the same description, so a rule of your own should have one.
     */
    default String description() {
        return "custom";
    }

    /** The instructions that were found hard, as far as the teacher's score is above the student's at all. */
    static PreferenceRule hard() {
        return PreferenceRules.HARD;
    }

    /** A gap between the teacher's score and the student's of so much or more, above 0 and at most 9. */
    static PreferenceRule gap(double least) {
        return new PreferenceRules.Gap(least);
    }
}
