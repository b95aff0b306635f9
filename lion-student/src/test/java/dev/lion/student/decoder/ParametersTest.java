package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void random_sameSeed_sameWeightsByName() {
        try (var decoder = Decoder.open(TinyDecoders.TIED, false);
                var first = Parameters.random(decoder, 5);
                var second = Parameters.random(decoder, 5);
                var other = Parameters.random(decoder, 6)) {
            assertThat(contents(first)).isEqualTo(contents(second)).isNotEqualTo(contents(other));
            assertThat(first.bytes("model.norm.weight").asFloatBuffer().get(0)).isEqualTo(1f);
            double ordinary = Math.sqrt(2.0 / (5 * decoder.config().hiddenSize()));
            double residual = ordinary / Math.sqrt(2.0 * decoder.config().numHiddenLayers());
            assertThat(deviation(first, "model.embed_tokens.weight")).isCloseTo(ordinary, withinPercentage(10));
            assertThat(deviation(first, "model.layers.1.mlp.down_proj.weight"))
                    .isCloseTo(residual, withinPercentage(10));
            assertThatThrownBy(() -> first.bytes("lm_head.weight")).hasMessageContaining("lm_head.weight");
        }
    }

    private static double deviation(Parameters weights, String name) {
        var values = weights.bytes(name).asFloatBuffer();
        return Math.sqrt(IntStream.range(0, values.remaining())
                .mapToDouble(i -> values.get(i) * (double) values.get(i))
                .average()
                .orElseThrow());
    }

    private static List<ByteBuffer> contents(Parameters weights) {
        return weights.names().stream().map(weights::bytes).toList();
    }
}
