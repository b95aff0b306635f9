package dev.lion.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one imitation did to the student.
 *
 * @param examples demonstrations that it was trained on
 * @param skipped demonstrations that were left out, as too long or with nothing to learn
 * @param skippedTokens tokens of those that were left out, prompts included, each counted once; 0 when there are none
 * @param tokens tokens that went through the student, prompts included, over all epochs
 * @param losses the loss curve, one point for each reported step, in order
 * @param preferences what became of the preferences; empty when the student was given none, or does not learn from any
 */
public record ImitationSummary(
        long examples,
        long skipped,
        long skippedTokens,
        long tokens,
        List<LossPoint> losses,
        Optional<Preferences> preferences) {
    public ImitationSummary {
        losses = List.copyOf(losses);
        Objects.requireNonNull(preferences, "preferences");
    }

    /** An imitation of demonstrations alone. */
    public ImitationSummary(long examples, long skipped, long skippedTokens, long tokens, List<LossPoint> losses) {
        this(examples, skipped, skippedTokens, tokens, losses, Optional.empty());
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

    /** An imitation of demonstrations alone that left nothing out. */
    public static ImitationSummary ofAll(long examples, long tokens, List<LossPoint> losses) {
        return new ImitationSummary(examples, 0, 0, tokens, losses);
    }

    /** The same imitation, with an account of what was learnt from preferences. */
    public ImitationSummary with(Preferences account) {
        return new ImitationSummary(examples, skipped, skippedTokens, tokens, losses, Optional.of(account));
    }

    /**
     * One optimizer step: what is the same each time that the imitation is repeated.
     *
     * @param step from 1, within this imitation
     * @param loss mean loss of the step in nats: for answers, the cross-entropy of a token of theirs; for preferences, that
     *     of a pair of answers
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

    /**
     * What the student learnt from preferences, once it had learnt from the demonstrations.
     *
     * @param pairs pairs of answers that it was trained on
     * @param skipped pairs that were left out as too long
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
