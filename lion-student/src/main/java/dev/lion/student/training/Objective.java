package dev.lion.student.training;

import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.Parameters;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a training lowers: the weighted mean of a loss over the examples of a step. Its methods are called from several
 * threads at the same time.
 *
 * @param <E> an example, such as a sequence to learn or a pair to tell apart
 */
interface Objective<E> {
    /** What it is and every setting of its own: another description, another training. */
    String description();

    /** What an example takes through the decoder, at least one; the first one's id is the example's. */
    List<LabelledSequence> sequences(E example);

    /** How much an example counts in its step's mean. */
    double weight(E example);

    /**
     * The loss of a model that knows nothing, in nats: what a loss is compared with to call it exploding. Empty when the
     * loss of a sound training has no bound.
     */
    OptionalDouble lossOfIgnorance();

    /**
     * Adds the gradient of a pass's part of the step's loss: the sum of its examples' losses, each times its weight,
     * divided by the weight of the whole step.
     *
     * @param stepWeight the weights of all examples of the step together
     * @param gradients those of one thread
     * @param seed where the pass's random choices come from
     * @return that part of the loss
     */
    double addGradients(List<E> pass, double stepWeight, Parameters gradients, long seed);
}
