package dev.lion.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one imitation did to the student.
 *
 * @param examples demonstrations that it was trained on
 * @param skipped demonstrations that were left out (longer than the student's context)
 * @param tokens tokens that went through the student, prompts included, over all epochs
 * @param losses the loss curve, one point for each reported step, in order
 * @param preferences what became of the preferences; empty when the student was given none, or does not learn from any
 */
public record ImitationSummary(
        long examples, long skipped, long tokens, List<LossPoint> losses, Optional<Preferences> preferences) {
    public ImitationSummary {
        losses = List.copyOf(losses);
        Objects.requireNonNull(preferences, "preferences");
    }

    /** An imitation of demonstrations alone. */
    public ImitationSummary(long examples, long skipped, long tokens, List<LossPoint> losses) {
        this(examples, skipped, tokens, losses, Optional.empty());
    }

    /** The points of the steps on demonstrations. */
    public List<LossPoint> imitationLosses() {
        long end = preferences.map(Preferences::firstStep).orElse(Long.MAX_VALUE);
        return losses.stream().filter(point -> point.step() < end).toList();
    }

    /** The points of the steps on preferences. */
    public List<LossPoint> preferenceLosses() {
        long begin = preferences.map(Preferences::firstStep).orElse(Long.MAX_VALUE);
        return losses.stream().filter(point -> point.step() >= begin).toList();
    }

    /**
     * One optimizer step.
     *
     * @param step from 1, within this imitation
     * @param loss mean cross-entropy over the answer tokens of the step, in nats; in a step on preferences, their mean loss
     * @param learningRate the rate that the step used
     */
    public record LossPoint(long step, double loss, double learningRate) {}

    /**
     * What the student learnt from preferences, once it had learnt from the demonstrations.
     *
     * @param pairs pairs of answers that it was trained on
     * @param skipped pairs that were left out (an answer longer than the student's context)
     * @param firstStep the step from which on the steps are on preferences, whether or not there were any
     */
    public record Preferences(long pairs, long skipped, long firstStep) {
        public Preferences {
            if (pairs < 0 || skipped < 0 || firstStep < 1) {
                throw new IllegalArgumentException(
                        "pairs and skipped must be 0 or more and firstStep 1 or more, but are " + pairs + ", " + skipped
                                + " and " + firstStep);
            }
        }
    }
}
