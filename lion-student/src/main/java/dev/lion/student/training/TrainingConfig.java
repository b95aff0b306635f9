package dev.lion.student.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a student is trained; the defaults are the paper's (section 4.2): 3 epochs, rate 2e-5 with a cosine after 3 % of
 * warm-up, no weight decay, 128 examples a step, at most 1024 tokens an example, gradients clipped to norm 1.
 *
 * <p>The numbers of a training follow from all of these but {@link #saveEvery()}.
 *
 * @param epochs passes over the examples; default 3
 * @param learningRate the highest rate, reached after the warm-up; default 2e-5
 * @param schedule how the rate goes on after the warm-up; default {@link RateSchedule#COSINE}
 * @param warmupRatio share of the steps in which the rate rises from 0; default 0.03
 * @param weightDecay AdamW's decoupled decay of matrices, an adapter's too; norms and biases do not decay; default 0
 * @param batchSize examples of one optimizer step; default 128
 * @param maxLength longest example, in tokens of prompt, answer and end; longer ones are left out; default 1024
 * @param maxGradientNorm norm over all gradients to which they are scaled down; default 1
 * @param beta1 decay of AdamW's first moment; default 0.9
 * @param beta2 decay of AdamW's second moment; default 0.999
 * @param epsilon added to the root of AdamW's second moment; default 1e-8
 * @param tokensPerPass tokens that go through the decoder at once, on each thread that makes passes; a step with more takes
 *     several passes, which costs less memory and changes nothing but rounding and, with an adapter's dropout, which numbers
 *     that leaves out, as each pass draws its own; an example with more is a pass by itself; default 512, or 256 where the
 *     machine's memory asks for it ({@link MemoryCheck#tokensPerPass})
 * @param recomputation whether the inside of each layer is computed once more on the way back instead of being kept: less
 *     memory, a third more work; default false
 * @param dpo how it learns from preferences, when it is given some; default {@link DpoConfig#defaults()}
 * @param saveEvery time between two savings of an unfinished training; default 5 minutes
 */
public record TrainingConfig(
        int epochs,
        double learningRate,
        RateSchedule schedule,
        double warmupRatio,
        double weightDecay,
        int batchSize,
        int maxLength,
        double maxGradientNorm,
        double beta1,
        double beta2,
        double epsilon,
        OptionalInt tokensPerPass,
        boolean recomputation,
        DpoConfig dpo,
        Duration saveEvery) {

    public TrainingConfig {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(dpo, "dpo");
        var faults = new ArrayList<String>();
        require(faults, epochs > 0, "epochs", epochs, "above 0");
        require(faults, learningRate > 0 && learningRate < 1, "learningRate", learningRate, "above 0 and below 1");
        require(faults, warmupRatio >= 0 && warmupRatio < 1, "warmupRatio", warmupRatio, "in [0, 1)");
        require(faults, weightDecay >= 0 && weightDecay < 1, "weightDecay", weightDecay, "in [0, 1)");
        require(faults, batchSize > 0, "batchSize", batchSize, "above 0");
        require(faults, maxLength > 1, "maxLength", maxLength, "above 1");
        require(faults, maxGradientNorm > 0, "maxGradientNorm", maxGradientNorm, "above 0");
        require(faults, beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
        require(faults, beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
        require(faults, epsilon > 0, "epsilon", epsilon, "above 0");
        Objects.requireNonNull(tokensPerPass, "tokensPerPass");
        require(faults, tokensPerPass.orElse(1) > 0, "tokensPerPass", tokensPerPass.orElse(1), "above 0");
        Objects.requireNonNull(saveEvery, "saveEvery");
        require(faults, !saveEvery.isNegative() && !saveEvery.isZero(), "saveEvery", saveEvery, "above 0");
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("not a usable training configuration: " + String.join("; ", faults));
        }
    }

    private static void require(List<String> faults, boolean holds, String name, Object value, String wanted) {
        if (!holds) {
            faults.add(name + " " + value + " must be " + wanted);
        }
    }

    /** How pairs of answers are trained on. */
    TrainingConfig forPreferences() {
        return toBuilder()
                .epochs(dpo.epochs())
                .learningRate(dpo.learningRate())
                .batchSize(dpo.batchSize())
                .build();
    }

    /** The tokens of a pass that were asked for, else the usual ones. */
    int tokensOfPass() {
        return tokensPerPass.orElse(MemoryCheck.MOST_TOKENS);
    }

    /** The paper's training. */
    public static TrainingConfig defaults() {
        return builder().build();
    }

    /** The paper's training, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /** This training, to be changed. */
    public Builder toBuilder() {
        var builder = builder()
                .epochs(epochs)
                .learningRate(learningRate)
                .schedule(schedule)
                .warmupRatio(warmupRatio)
                .weightDecay(weightDecay)
                .batchSize(batchSize)
                .maxLength(maxLength)
                .maxGradientNorm(maxGradientNorm)
                .betas(beta1, beta2)
                .epsilon(epsilon)
                .recomputation(recomputation)
                .dpo(dpo)
                .saveEvery(saveEvery);
        builder.tokensPerPass = tokensPerPass;
        return builder;
    }

    /** Collects settings; {@link #build} reports all faults together. */
    public static final class Builder {
        private int epochs = 3;
        private double learningRate = 2e-5;
        private RateSchedule schedule = RateSchedule.COSINE;
        private double warmupRatio = 0.03;
        private double weightDecay;
        private int batchSize = 128;
        private int maxLength = 1024;
        private double maxGradientNorm = 1.0;
        private double beta1 = 0.9;
        private double beta2 = 0.999;
        private double epsilon = 1e-8;
        private OptionalInt tokensPerPass = OptionalInt.empty();
        private boolean recomputation;
        private DpoConfig dpo = DpoConfig.defaults();
        private Duration saveEvery = Duration.ofMinutes(5);

        private Builder() {}

        /** Sets {@link TrainingConfig#epochs()}. */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /** Sets {@link TrainingConfig#learningRate()}. */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /** Sets {@link TrainingConfig#schedule()}. */
        public Builder schedule(RateSchedule value) {
            schedule = value;
            return this;
        }

        /** Sets {@link TrainingConfig#warmupRatio()}. */
        public Builder warmupRatio(double value) {
            warmupRatio = value;
            return this;
        }

        /** Sets {@link TrainingConfig#weightDecay()}. */
        public Builder weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        /** Sets {@link TrainingConfig#batchSize()}. */
        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        /** Sets {@link TrainingConfig#maxLength()}. */
        public Builder maxLength(int value) {
            maxLength = value;
            return this;
        }

        /** Sets {@link TrainingConfig#maxGradientNorm()}. */
        public Builder maxGradientNorm(double value) {
            maxGradientNorm = value;
            return this;
        }

        /** Sets {@link TrainingConfig#beta1()} and {@link TrainingConfig#beta2()}. */
        public Builder betas(double first, double second) {
            beta1 = first;
            beta2 = second;
            return this;
        }

        /** Sets {@link TrainingConfig#epsilon()}. */
        public Builder epsilon(double value) {
            epsilon = value;
            return this;
        }

        /** Sets {@link TrainingConfig#tokensPerPass()}. */
        public Builder tokensPerPass(int value) {
            tokensPerPass = OptionalInt.of(value);
            return this;
        }

        /** Sets {@link TrainingConfig#recomputation()}. */
        public Builder recomputation(boolean value) {
            recomputation = value;
            return this;
        }

        /** Sets {@link TrainingConfig#dpo()}. */
        public Builder dpo(DpoConfig value) {
            dpo = value;
            return this;
        }

        /** Sets {@link TrainingConfig#saveEvery()}. */
        public Builder saveEvery(Duration value) {
            saveEvery = value;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException naming every setting that is not usable
         */
        public TrainingConfig build() {
            return new TrainingConfig(
                    epochs,
                    learningRate,
                    schedule,
                    warmupRatio,
                    weightDecay,
                    batchSize,
                    maxLength,
                    maxGradientNorm,
                    beta1,
                    beta2,
                    epsilon,
                    tokensPerPass,
                    recomputation,
                    dpo,
                    saveEvery);
        }
    }
}
