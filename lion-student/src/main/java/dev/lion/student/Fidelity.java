package dev.lion.student;

import java.util.Locale;

/**
 * How near what was written comes to the student, on fixed prompts, when it is read back.
 *
 * @param largestDifference between a logit of the student and the same one of what was written
 * @param largestLogit of the student, its sign aside: what the difference is to be measured by
 * @param tokens that the student took greedily
 * @param sameTokens of these those that what was written takes after the same tokens
 */
public record Fidelity(double largestDifference, double largestLogit, int tokens, int sameTokens) {
    /** The largest difference as a share of the largest logit. */
    public double relativeDifference() {
        return largestLogit == 0 ? 0 : largestDifference / largestLogit;
    }

    /** In words, such as {@code logits differ by up to 0.0012 (0.010 % of the largest), 36 of 36 greedy tokens are the same}. */
    @Override
    public String toString() {
        String logits = largestDifference == 0
                ? "logits are the same to the last bit"
                : String.format(
                        Locale.ROOT,
                        "logits differ by up to %.2g (%.2g %% of the largest)",
                        largestDifference,
                        100 * relativeDifference());
        return logits + ", " + sameTokens + " of " + tokens + " greedy tokens are the same";
    }
}
