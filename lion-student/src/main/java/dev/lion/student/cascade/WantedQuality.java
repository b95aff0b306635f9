package dev.lion.student.cascade;

import dev.lion.data.Verdict;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What the answers of a cascade are to be worth: a share {@linkplain #ofTeacher of the teacher's score}, or a share of
 * {@linkplain #accepted accepted} answers. Either is a sum over a sum, so that both are measured and tested alike.
 *
 * @param share the quality that is wanted, above 0 and below 1
 * @param bar the lowest score of an accepted answer, above 1 and up to 10; empty when the teacher's score is the measure
 */
public record WantedQuality(double share, OptionalDouble bar) {
    public WantedQuality {
        Objects.requireNonNull(bar, "bar");
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a wanted quality must be above 0 and below 1, but is " + share
                    + "; no number of verdicts shows that nothing at all is lost");
        }
        if (bar.isPresent() && !(bar.getAsDouble() > Verdict.MIN_SCORE && bar.getAsDouble() <= Verdict.MAX_SCORE)) {
            throw new IllegalArgumentException("the lowest score of an accepted answer must be above 1 and at most 10,"
                    + " but is " + bar.getAsDouble());
        }
    }

    /**
     * This share of the teacher's quality, as the paper measures it (section 4.3): the sum of the scores of what is answered
     * over the sum of the teacher's scores.
     */
    public static WantedQuality ofTeacher(double share) {
        return new WantedQuality(share, OptionalDouble.empty());
    }

    /** This share of answers with a score of {@code bar} or more, whoever they are of. */
    public static WantedQuality accepted(double share, double bar) {
        return new WantedQuality(share, OptionalDouble.of(bar));
    }

    /** What an answer with this score adds to the upper sum. */
    double gain(double score) {
        return bar.isPresent() ? (score >= bar.getAsDouble() ? 1 : 0) : score;
    }

    /** What an instruction adds to the lower sum. */
    double yardstick(GradedAnswer answer) {
        return bar.isPresent() ? 1 : answer.teacher();
    }

    double leastGain() {
        return bar.isPresent() ? 0 : Verdict.MIN_SCORE;
    }

    double mostGain() {
        return bar.isPresent() ? 1 : Verdict.MAX_SCORE;
    }

    double leastYardstick() {
        return bar.isPresent() ? 1 : Verdict.MIN_SCORE;
    }

    double mostYardstick() {
        return bar.isPresent() ? 1 : Verdict.MAX_SCORE;
    }

    /** For people: {@code 95% of the teacher's score}. */
    @Override
    public String toString() {
        return Percent.of(share)
                + (bar.isPresent()
                        ? " of the answers at a score of " + bar.getAsDouble() + " or more"
                        : " of the teacher's score");
    }
}
