package dev.lion.examples.bench.training;

import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.LoraConfig;
import java.util.List;
import java.util.Map;

/**
 * The floating-point operations that a training step cannot do without: two for each number of a matrix product. For a
 * token, W being the numbers of all matrices that it is multiplied with (the embedding counts once, as the output layer), A
 * those of an adapter, T the tokens of its sequence, H · D the width of the queries, L the layers:
 *
 * <ul>
 *   <li>all weights trained: 6 W (once forward, and backward once for the input and once for the weights) + attention
 *   <li>an adapter trained: 4 W (frozen matrices have no gradient) + 6 A + attention
 *   <li>attention: 6 L · H · D · (T + 1), the mean over a sequence that each token sees half of, forward and twice backward
 * </ul>
 *
 * What is computed once more, or for nothing, does not count.
 */
final class Operations {
    private Operations() {}

    /** Operations for each token of sequences of so many tokens, all of them labels. */
    static double ofToken(TrainingCase which, int length) {
        DecoderConfig config = which.shape().config();
        double weights = matrices(config.parameterShapes());
        double attention =
                6.0 * config.numHiddenLayers() * config.numAttentionHeads() * config.headDim() * (length + 1);
        if (!which.lora()) {
            return 6 * weights + attention;
        }
        double adapter = matrices(LoraConfig.ofRank(TrainingCase.RANK).parameterShapes(config));
        return 4 * weights + 6 * adapter + attention;
    }

    private static double matrices(Map<String, List<Long>> shapes) {
        return shapes.values().stream()
                .filter(shape -> shape.size() == 2)
                .mapToLong(shape -> shape.get(0) * shape.get(1))
                .sum();
    }
}
