package dev.lion.student.training;

import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.WeightType;
import java.util.Optional;

/**
 * What decides how much memory a training takes.
 *
 * @param shape the decoder
 * @param lora the adapter that is trained; absent when all weights are
 * @param base how weights beside an adapter are held; of no meaning without one
 * @param bfloat16 whether matrix products are done in bfloat16
 * @param passes passes that run at the same time
 * @param tokensOfPass tokens of the largest pass: what a pass is cut to, or the longest example where that is longer
 * @param recomputation whether a pass keeps only each layer's input
 */
public record TrainingLoad(
        DecoderConfig shape,
        Optional<LoraConfig> lora,
        WeightType base,
        boolean bfloat16,
        int passes,
        int tokensOfPass,
        boolean recomputation) {
    public TrainingLoad {
        if (passes < 1 || tokensOfPass < 1) {
            throw new IllegalArgumentException(
                    "a training has at least one pass of one token, not " + passes + " of " + tokensOfPass);
        }
    }

    /** Numbers that are trained. */
    long trained() {
        return lora.map(adapter -> adapter.parameterShapes(shape).values().stream()
                        .mapToLong(one -> one.get(0) * one.get(1))
                        .sum())
                .orElseGet(shape::parameterCount);
    }

    TrainingLoad withPasses(int value) {
        return new TrainingLoad(shape, lora, base, bfloat16, value, tokensOfPass, recomputation);
    }

    TrainingLoad withTokensOfPass(int value) {
        return new TrainingLoad(shape, lora, base, bfloat16, passes, value, recomputation);
    }

    TrainingLoad withRecomputation() {
        return new TrainingLoad(shape, lora, base, bfloat16, passes, tokensOfPass, true);
    }

    TrainingLoad withLora(LoraConfig adapter, WeightType type) {
        return new TrainingLoad(shape, Optional.of(adapter), type, bfloat16, passes, tokensOfPass, recomputation);
    }
}
