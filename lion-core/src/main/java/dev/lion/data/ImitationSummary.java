package dev.lion.data;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one imitation did to the student.
 *
 * @param examples demonstrations that it was trained on
 * @param skipped demonstrations that were left out as too long
 * @param skippedTokens tokens of those that were left out, prompts included, each counted once; 0 when there are none
 * @param tokens tokens that went through the student, prompts included, over all epochs
 * @param losses the loss curve, one point for each reported step, in order
 */
public record ImitationSummary(long examples, long skipped, long skippedTokens, long tokens, List<LossPoint> losses) {
    public ImitationSummary {
        losses = List.copyOf(losses);
    }

    /** An imitation that left nothing out. */
    public static ImitationSummary ofAll(long examples, long tokens, List<LossPoint> losses) {
        return new ImitationSummary(examples, 0, 0, tokens, losses);
    }

    /**
     * One optimizer step: what is the same each time that the imitation is repeated.
     *
     * @param step from 1, within this imitation
     * @param loss mean loss of the step in nats: for answers, the cross-entropy of a token of theirs
     * @param learningRate the rate that the step used
     * @param gradientNorm the norm over all gradients before they were scaled down; empty when the student does not know it
     */
    public record LossPoint(long step, double loss, double learningRate, OptionalDouble gradientNorm) {
        public LossPoint {
            Objects.requireNonNull(gradientNorm, "gradientNorm");
        }

        /** A step whose gradient norm is not known. */
        public LossPoint(long step, double loss, double learningRate) {
            this(step, loss, learningRate, OptionalDouble.empty());
        }
    }
}
