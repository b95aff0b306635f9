package dev.lion.student.training;

import java.util.ArrayList;

/**
 * How a student learns from preferences, by direct preference optimization (Rafailov et al., <i>Direct Preference
 * Optimization</i>, 2023, arXiv 2305.18290); the defaults are that paper's (appendix B), for a checkpoint of billions of
 * parameters. What is not here is as in the {@link TrainingConfig}: schedule, optimizer, clipping, longest sequence.
 *
 * @param beta how much a change of an answer's log-probability counts; the lower, the further the student goes from where it
 *     began; default 0.1
 * @param epochs passes over the pairs; default 1
 * @param learningRate the highest rate, reached after the warm-up; default 1e-6. A small student needs more: a twentieth of
 *     the rate at which it learns from answers
 * @param batchSize pairs of one optimizer step; default 64
 */
public record DpoConfig(double beta, int epochs, double learningRate, int batchSize) {
    public DpoConfig {
        var faults = new ArrayList<String>();
        if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
            faults.add("beta " + beta + " must be above 0");
        }
        if (epochs < 1) {
            faults.add("epochs " + epochs + " must be above 0");
        }
        if (!(learningRate > 0 && learningRate < 1)) {
            faults.add("learningRate " + learningRate + " must be above 0 and below 1");
        }
        if (batchSize < 1) {
            faults.add("batchSize " + batchSize + " must be above 0");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "not a usable configuration for preferences: " + String.join("; ", faults));
        }
    }

    /** The paper's. */
    public static DpoConfig defaults() {
        return new DpoConfig(0.1, 1, 1e-6, 64);
    }

    /** The same with another {@link #beta()}. */
    public DpoConfig withBeta(double value) {
        return new DpoConfig(value, epochs, learningRate, batchSize);
    }

    /** The same with other {@link #epochs()}. */
    public DpoConfig withEpochs(int value) {
        return new DpoConfig(beta, value, learningRate, batchSize);
    }

    /** The same with another {@link #learningRate()}. */
    public DpoConfig withLearningRate(double value) {
        return new DpoConfig(beta, epochs, value, batchSize);
    }

    /** The same with another {@link #batchSize()}. */
    public DpoConfig withBatchSize(int value) {
        return new DpoConfig(beta, epochs, learningRate, value);
    }
}
