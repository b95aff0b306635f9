package dev.lion.examples;

import dev.lion.loop.LoopConfig;
import dev.lion.strategy.PreferenceRule;
import dev.lion.student.training.DpoConfig;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Whether the referee's verdicts are learnt from as preferences, and how. */
final class PreferenceOptions {
    /** For a student from nothing, which learns from answers at 1e-3: as much less as the defaults are for a checkpoint. */
    private static final double RATE_FROM_SCRATCH = 5e-5;

    @Option(
            names = "--preferences",
            description = "behind each imitation, learn to prefer the teacher's answers to the student's own where the"
                    + " verdicts find the instruction hard (DPO); not in the paper")
    private boolean wanted;

    @Option(
            names = "--preference-gap",
            paramLabel = "GAP",
            description = "prefer them from this gap between the scores on instead, above 0 and at most 9")
    private Optional<Double> gap = Optional.empty();

    @Option(
            names = "--dpo-beta",
            paramLabel = "BETA",
            description = "how near the student stays to where it was: the higher, the nearer (default: 0.1)")
    private Optional<Double> beta = Optional.empty();

    @Option(names = "--dpo-epochs", paramLabel = "N", description = "passes over the pairs of answers (default: 1)")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--dpo-learning-rate",
            paramLabel = "R",
            description = "highest rate (default: 1e-6, as in the DPO paper, with --student; 5e-5 from scratch)")
    private Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--dpo-batch",
            paramLabel = "N",
            description = "pairs a training step (default: 64 with --student; 16 from scratch)")
    private Optional<Integer> batch = Optional.empty();

    /** Adds what is wrong. */
    void check(OptionFaults faults) {
        boolean detailed = Stream.of(gap, beta, epochs, learningRate, batch).anyMatch(Optional::isPresent);
        faults.require(wanted || !detailed, "--preference-gap and the --dpo options need --preferences")
                .require(
                        gap.map(value -> value > 0 && value <= 9).orElse(true),
                        "--preference-gap must be above 0 and at most 9, but is " + gap.orElse(0.0))
                .require(
                        beta.map(value -> value > 0 && Double.isFinite(value)).orElse(true),
                        "--dpo-beta must be above 0, but is " + beta.orElse(0.0))
                .atLeast(1, "--dpo-epochs", epochs.orElse(1))
                .require(
                        learningRate.map(value -> value > 0 && value < 1).orElse(true),
                        "--dpo-learning-rate must be above 0 and below 1, but is " + learningRate.orElse(0.0))
                .atLeast(1, "--dpo-batch", batch.orElse(1));
    }

    /** Applies what was checked. */
    LoopConfig.Builder applyTo(LoopConfig.Builder config) {
        return wanted ? config.preferences(gap.map(PreferenceRule::gap).orElseGet(PreferenceRule::hard)) : config;
    }

    /** How the student learns from preferences, if it is given any. */
    DpoConfig dpo(boolean fromScratch) {
        DpoConfig defaults = fromScratch
                ? DpoConfig.defaults().withLearningRate(RATE_FROM_SCRATCH).withBatchSize(16)
                : DpoConfig.defaults();
        return new DpoConfig(
                beta.orElse(defaults.beta()),
                epochs.orElse(defaults.epochs()),
                learningRate.orElse(defaults.learningRate()),
                batch.orElse(defaults.batchSize()));
    }

    /** What decides the result beside the loop's own configuration; nothing without preferences. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        if (wanted) {
            settings.put("student.dpo.beta", inWords(beta));
            settings.put("student.dpo.epochs", inWords(epochs));
            settings.put("student.dpo.learningRate", inWords(learningRate));
            settings.put("student.dpo.batch", inWords(batch));
        }
        return settings;
    }

    private static String inWords(Optional<?> value) {
        return value.map(String::valueOf).orElse("default");
    }
}
