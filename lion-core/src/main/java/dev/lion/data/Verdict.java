package dev.lion.data;

import java.util.Objects;

/**
 * What a referee says of two answers: a score for each, or that it could not say. A verdict that could not be read is
 * missing; it is never a score.
 */
public sealed interface Verdict {
    /** The lowest score (paper, section 3.2). */
    double MIN_SCORE = 1;

    /** The highest score (paper, section 3.2). */
    double MAX_SCORE = 10;

    /**
     * Both answers were scored, from {@value #MIN_SCORE} to {@value #MAX_SCORE}.
     *
     * @param first score of the answer shown first
     * @param second score of the answer shown second
     * @param evidence the referee's reasons, in its own words; may be empty
     * @param usage the tokens it took
     */
    record Scored(double first, double second, String evidence, TokenUsage usage) implements Verdict {
        public Scored {
            requireScore("first", first);
            requireScore("second", second);
            Objects.requireNonNull(evidence, "evidence");
            Objects.requireNonNull(usage, "usage");
        }

        private static void requireScore(String name, double score) {
            if (!(score >= MIN_SCORE && score <= MAX_SCORE)) {
                throw new IllegalArgumentException(
                        "the score of the " + name + " answer must be from 1 to 10, but was " + score);
            }
        }
    }

    /**
     * The referee gave no usable scores.
     *
     * @param reason why, for the report
     * @param usage the tokens it took all the same
     */
    record Abstained(String reason, TokenUsage usage) implements Verdict {
        public Abstained {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(usage, "usage");
        }
    }

    /** The tokens that judging took. */
    TokenUsage usage();

    /** A verdict with scores from 1 to 10 and nothing else. */
    static Verdict of(double first, double second) {
        return new Scored(first, second, "", TokenUsage.NONE);
    }

    /** No verdict, with the reason. */
    static Verdict abstain(String reason) {
        return new Abstained(reason, TokenUsage.NONE);
    }
}
