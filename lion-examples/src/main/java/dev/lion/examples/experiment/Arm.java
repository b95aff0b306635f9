package dev.lion.examples.experiment;

import dev.lion.data.InstructionPool;
import dev.lion.judging.Aggregation;
import dev.lion.judging.HardRule;
import dev.lion.judging.Judging;
import dev.lion.loop.LoopConfig;
import dev.lion.strategy.ParentRule;
import dev.lion.strategy.TrainPoolRule;
import java.util.Map;
import java.util.Objects;

/**
 * One way of distilling.
 *
 * @param id names the arm in paths and results
 * @param label in a few words
 * @param description what is particular about it, in a sentence
 * @param choice how parents of new instructions are chosen
 * @param threshold τ: the gap from which an instruction is hard
 * @param hardShare share of new instructions that come from hard parents
 * @param referee how good the referee is
 * @param exchanged whether the referee is asked in both orders, or with the teacher's answer first only
 */
record Arm(
        String id,
        String label,
        String description,
        Choice choice,
        double threshold,
        double hardShare,
        Quality referee,
        boolean exchanged) {
    Arm {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(referee, "referee");
    }

    /** From what new instructions are made. */
    enum Choice {
        /** From hard and from easy instructions, as the referee finds them. */
        ADVERSARIAL,
        /** From instructions drawn at random, hard or not. */
        RANDOM,
        /** There are none: the seeds are seen again. */
        SEEDS_AGAIN
    }

    /**
     * A referee's faults.
     *
     * @param noise standard deviation of each score, in points of 10
     * @param bias what the answer shown first gains over the other, in points; negative favours the second
     */
    record Quality(double noise, double bias) {
        static final Quality PERFECT = new Quality(0, 0);
        /** About what a large model does: one point of noise, one point for being first. */
        static final Quality USUAL = new Quality(1, 1);
    }

    /** The paper's loop with the usual referee. */
    static Arm lion() {
        return new Arm(
                "lion",
                "Lion",
                "new instructions from hard and easy ones, 1:1, as the referee finds them at \u03c4 = 1",
                Choice.ADVERSARIAL,
                1.0,
                0.5,
                Quality.USUAL,
                true);
    }

    /** The same loop without feedback. */
    static Arm random() {
        return new Arm(
                "random",
                "Random parents",
                "as many new instructions, written with the same two requests, from parents drawn at random",
                Choice.RANDOM,
                1.0,
                0.5,
                Quality.USUAL,
                true);
    }

    /** No new instructions at all. */
    static Arm seedsAgain() {
        return new Arm(
                "seeds-again",
                "More epochs",
                "no new instructions and no new answers: as many training tokens, spent on the seeds again",
                Choice.SEEDS_AGAIN,
                1.0,
                0.5,
                Quality.USUAL,
                true);
    }

    /** The same arm, and the same runs, under another name for readers. */
    Arm labelled(String newLabel) {
        return new Arm(id, newLabel, description, choice, threshold, hardShare, referee, exchanged);
    }

    Arm withThreshold(double tau) {
        return new Arm(
                "tau-" + tau,
                "\u03c4 = " + tau,
                "hard from a gap of " + tau,
                choice,
                tau,
                hardShare,
                referee,
                exchanged);
    }

    Arm withHardShare(String ratio, double share) {
        boolean searches = choice == Choice.ADVERSARIAL;
        return new Arm(
                (searches ? "ratio-" : id + "-") + ratio.replace(':', '-'),
                searches ? ratio : label + ", " + ratio,
                searches ? "hard to easy " + ratio : "requests for hard to requests for easy ones " + ratio,
                choice,
                threshold,
                share,
                referee,
                exchanged);
    }

    Arm withReferee(String newId, String newLabel, String newDescription, Quality quality, boolean newExchanged) {
        return new Arm(newId, newLabel, newDescription, choice, threshold, hardShare, quality, newExchanged);
    }

    /** What the loop is told. */
    LoopConfig.Builder config(Regime regime, long seed) {
        LoopConfig.Builder config = LoopConfig.builder()
                .iterations(regime.iterations())
                .generatedPerIteration(regime.generated())
                .hardRule(HardRule.gap(threshold))
                .hardShare(hardShare)
                .judging(Judging.paper().with(exchanged ? Aggregation.MEAN : Aggregation.TEACHER_FIRST))
                .maxRougeL(1)
                .maxConcurrentCalls(2)
                .studentBatch(256)
                .seed(seed);
        return switch (choice) {
            case ADVERSARIAL -> config;
            case RANDOM -> config.parentRule(ParentRule.undirected());
            case SEEDS_AGAIN -> config.trainPoolRule(new SeedsAgain());
        };
    }

    /** What tells two arms with the same configuration apart, for a run's manifest. */
    Map<String, String> settings() {
        return Map.of(
                "experiment.choice",
                choice.toString(),
                "experiment.referee",
                "noise " + referee.noise() + ", bias " + referee.bias());
    }

    /** The Train Pool is the seeds, whatever was generated. */
    private static final class SeedsAgain implements TrainPoolRule {
        @Override
        public InstructionPool trainPool(History history) {
            return history.seeds();
        }

        @Override
        public String description() {
            return "the seeds again";
        }
    }
}
