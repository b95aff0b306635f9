package dev.lion.student.training;

import dev.lion.LionException;
import java.util.List;

/**
 * A training's loss or gradient is no number any more, or beyond all measure. The step was not made: weights and moments are
 * those of the step before, and so is what was saved last.
 */
public final class UnstableTrainingException extends LionException {
    private static final long serialVersionUID = 1L;

    private final long step;
    private final double loss;
    private final List<String> examples;

    UnstableTrainingException(String fault, long step, double loss, double rate, List<String> examples) {
        super("step " + step + " was not made: " + fault + " (loss " + loss + ", learning rate " + rate
                + "). Weights and saved progress stay as before it. Lower the learning rate or lengthen the warm-up, look"
                + " at the examples of the step, and train in float32 if it was bfloat16. The examples: "
                + String.join(", ", examples));
        this.step = step;
        this.loss = loss;
        this.examples = List.copyOf(examples);
    }

    /** The step that was not made, from 1. */
    public long step() {
        return step;
    }

    /** Its loss in nats, perhaps not a number. */
    public double loss() {
        return loss;
    }

    /** The ids of its examples. */
    public List<String> examples() {
        return examples;
    }
}
