package dev.lion.student.training;

import dev.lion.LionException;
import java.util.List;

/**
 * A training's loss, gradient or weights are no numbers any more, or beyond all measure. The step to which that was due is not
 * undone, so the model in memory may be damaged; the progress that was saved last is not, and the same training goes on
 * from it.
 */
public final class UnstableTrainingException extends LionException {
    private static final long serialVersionUID = 1L;

    private final long step;
    private final double loss;
    private final List<String> examples;

    /** @param fault what the step did, behind its number */
    UnstableTrainingException(String fault, long step, double loss, double rate, List<String> examples) {
        super("step " + step + " " + fault + " (loss " + loss + ", learning rate " + rate
                + "). Saved progress is of a step before that; the weights in memory stay as the last step that was made"
                + " left them, perhaps damaged. Lower the learning rate or lengthen the warm-up, look"
                + " at the examples of the step, and train in float32 if it was bfloat16. The examples: "
                + String.join(", ", examples));
        this.step = step;
        this.loss = loss;
        this.examples = List.copyOf(examples);
    }

    /** The step that could not be made or broke the weights, from 1 in the whole training. */
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
