package dev.lion.student;

import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.gguf.GgufType;
import java.util.List;
import java.util.Locale;

/**
 * How far what was written may be from the student; the weights themselves have been compared to the last bit by then.
 *
 * @param difference between two logits at most, as a share of the largest one
 * @param sameTokens whether all greedy tokens must be the same
 */
record Tolerance(double difference, boolean sameTokens) {
    private static final double MERGED = 1e-3;
    private static final double MERGED_BFLOAT16 = 0.1;
    private static final double F16 = 0.05;
    private static final double COARSE = 0.4;

    static Tolerance of(StoredType type, StudentModel student, StudentConfig config) {
        return switch (type) {
            case F32 -> exact(student, config);
            case F16 -> rounded(F16, student, config);
            case BF16 -> new Tolerance(COARSE, false);
        };
    }

    static Tolerance of(GgufType type, StudentModel student, StudentConfig config) {
        return switch (type) {
            case F32 -> exact(student, config);
            case F16 -> rounded(F16, student, config);
            case Q8_0 -> new Tolerance(COARSE, false);
        };
    }

    /** A merged adapter adds up in another order than one beside the weights, and in bfloat16 from other roundings. */
    private static Tolerance exact(StudentModel student, StudentConfig config) {
        if (!student.isAdapted()) {
            return new Tolerance(0, true);
        }
        return config.precision().usesBfloat16() ? new Tolerance(MERGED_BFLOAT16, false) : new Tolerance(MERGED, true);
    }

    private static Tolerance rounded(double difference, StudentModel student, StudentConfig config) {
        return new Tolerance(Math.max(difference, exact(student, config).difference()), false);
    }

    void check(Fidelity found, List<String> differences) {
        if (!(found.relativeDifference() <= difference)) {
            differences.add(String.format(
                    Locale.ROOT,
                    "its logits differ by up to %.3g, %.3g %% of the largest one; at most %.3g %% is due to rounding",
                    found.largestDifference(),
                    100 * found.relativeDifference(),
                    100 * difference));
        }
        if (sameTokens && found.sameTokens() < found.tokens()) {
            differences.add("it takes " + (found.tokens() - found.sameTokens()) + " of " + found.tokens()
                    + " greedy tokens otherwise");
        }
    }
}
