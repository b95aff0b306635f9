package dev.lion.teacher;

import java.util.OptionalInt;

/**
 * How many tokens a reply may have.
 *
 * @param sent the limit that is sent with the request; empty to leave it to the model
 * @param most the limit that holds, whoever sets it; empty when it is not known
 */
record OutputTokens(OptionalInt sent, OptionalInt most) {
    static OutputTokens sent(int tokens) {
        return new OutputTokens(OptionalInt.of(tokens), OptionalInt.of(tokens));
    }

    static OutputTokens ofModel() {
        return new OutputTokens(OptionalInt.empty(), OptionalInt.empty());
    }

    static OutputTokens ofModel(int atMost) {
        return new OutputTokens(OptionalInt.empty(), OptionalInt.of(atMost));
    }
}
