package dev.lion.role;

import java.util.List;

/**
 * A student that can also say how likely it would give an answer, so that it can be asked which of several it prefers without
 * writing any. An evaluation calls it, from one thread at a time.
 */
public interface ScoringStudent extends Student {
    /**
     * How likely each answer is after its instruction, with the end of the answer after it: the logarithm of its probability,
     * in nats, not above 0.
     *
     * @return a list for each of the batch, and in it a number for each answer, in order; negative infinity for an answer
     *     that the student cannot give, such as one beyond its context
     */
    List<List<Double>> scores(List<Candidates> batch) throws Exception;
}
