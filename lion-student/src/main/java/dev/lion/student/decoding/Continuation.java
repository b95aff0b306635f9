package dev.lion.student.decoding;

import dev.lion.data.FinishReason;
import java.util.List;

/**
 * What a decoder wrote after a prompt.
 *
 * @param tokens without the end token; where a stop string ended it, with the tokens that it was completed by
 * @param text of the tokens, up to the stop string
 * @param finishReason {@link FinishReason#STOP} after an end token or a stop string, {@link FinishReason#LENGTH} at a limit
 * @param logProbabilities of each token, in nats, as the model has them at temperature 1 with nothing cut off; and after
 *     them the end token's where one ended it
 */
public record Continuation(
        List<Integer> tokens, String text, FinishReason finishReason, List<Double> logProbabilities) {
    public Continuation {
        tokens = List.copyOf(tokens);
        logProbabilities = List.copyOf(logProbabilities);
    }

    /** The geometric mean of the probabilities: how sure the model was of this answer, from 0 to 1; 1 where nothing was written. */
    public double confidence() {
        return Math.exp(logProbabilities.stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0));
    }
}
