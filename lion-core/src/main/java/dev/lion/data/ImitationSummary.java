package dev.lion.data;

import java.util.List;

/**
 * What one imitation did to the student.
 *
 * @param examples demonstrations that it was trained on
 * @param skipped demonstrations that were left out (longer than the student's context)
 * @param tokens tokens that went through the student, prompts included, over all epochs
 * @param losses the loss curve, one point for each reported step, in order
 */
public record ImitationSummary(long examples, long skipped, long tokens, List<LossPoint> losses) {
    public ImitationSummary {
        losses = List.copyOf(losses);
    }

    /**
     * One optimizer step.
     *
     * @param step from 1, within this imitation
     * @param loss mean cross-entropy over the answer tokens of the step, in nats
     * @param learningRate the rate that the step used
     */
    public record LossPoint(long step, double loss, double learningRate) {}
}
