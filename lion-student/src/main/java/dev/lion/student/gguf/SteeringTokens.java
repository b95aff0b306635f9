package dev.lion.student.gguf;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * The ids of the tokens that begin, end and fill up texts.
 *
 * @param bos begins a text, where there is one
 * @param addsBos whether every text begins with it
 * @param eos ends a text
 * @param endOfTurn ends an answer; often {@code eos}
 * @param pad fills up a batch, where there is one
 * @param unknown stands for what is no token, where there is one
 */
public record SteeringTokens(
        OptionalInt bos, boolean addsBos, int eos, int endOfTurn, OptionalInt pad, OptionalInt unknown) {
    public SteeringTokens {
        Objects.requireNonNull(pad, "pad");
        Objects.requireNonNull(unknown, "unknown");
        if (addsBos && bos.isEmpty()) {
            throw new IllegalArgumentException("texts begin with a token that there is not");
        }
    }
}
