package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderTest {
    static Stream<DecoderConfig> shapes() {
        return Stream.of(TinyDecoders.TIED, TinyDecoders.UNTIED);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void logits_randomWeights_areThoseOfThePlainReference(DecoderConfig shape) {
        int[] ids = new Random(3).ints(20, 0, shape.vocabSize()).toArray();
        try (var decoder = Decoder.open(shape, false);
                var weights = TinyDecoders.lively(decoder, 1)) {
            float[][] logits = decoder.logits(weights, ids);
            double[][] reference = new ReferenceDecoder(shape, weights).logits(ids);

            for (int t = 0; t < ids.length; t++) {
                for (int token = 0; token < shape.vocabSize(); token++) {
                    assertThat((double) logits[t][token]).isCloseTo(reference[t][token], within(2e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void addGradients_everyParameter_isTheSlopeOfTheLoss(DecoderConfig shape) {
        try (var decoder = Decoder.open(shape, false);
                var weights = inDoubles(decoder);
                var gradients = Parameters.zeros(decoder, DataType.FLOAT64);
                var ignored = Parameters.zeros(decoder, DataType.FLOAT64)) {
            var batch =
                    LabelledBatch.of(List.of(sequence(9, 4, shape), sequence(5, 2, shape), sequence(12, 11, shape)));
            decoder.addGradients(weights, gradients, batch, 0.5);
            for (String name : weights.names()) {
                int places = weights.bytes(name).asDoubleBuffer().remaining();
                for (int place : new Random(name.hashCode()).ints(3, 0, places).toArray()) {
                    double slope =
                            0.5 * slope(name, place, weights, () -> decoder.addGradients(weights, ignored, batch, 0));
                    assertThat(gradients.bytes(name).asDoubleBuffer().get(place))
                            .as("%s at %d", name, place)
                            .isCloseTo(slope, within(1e-6 + 1e-5 * Math.abs(slope)));
                }
            }
        }
    }

    private static double slope(String name, int place, Parameters weights, DoubleSupplier loss) {
        var memory = weights.bytes(name).asDoubleBuffer();
        double value = memory.get(place);
        double step = 1e-5;
        memory.put(place, value + step);
        double above = loss.getAsDouble();
        memory.put(place, value - step);
        double below = loss.getAsDouble();
        memory.put(place, value);
        return (above - below) / (2 * step);
    }

    private static Parameters inDoubles(Decoder decoder) {
        var doubles = Parameters.zeros(decoder, DataType.FLOAT64);
        try (var weights = TinyDecoders.lively(decoder, 2)) {
            for (String name : weights.names()) {
                var from = weights.bytes(name).asFloatBuffer();
                var to = doubles.bytes(name).asDoubleBuffer();
                while (from.hasRemaining()) {
                    to.put(from.get());
                }
            }
        }
        return doubles;
    }

    private static LabelledSequence sequence(int length, int prompt, DecoderConfig shape) {
        return LabelledSequence.of(
                "sequence of " + length,
                new Random(length).ints(length, 0, shape.vocabSize()).toArray(),
                prompt);
    }

    @Test
    void addGradients_inBfloat16_isCloseToFloat32() {
        var batch = LabelledBatch.of(List.of(sequence(20, 4, TinyDecoders.TIED), sequence(30, 10, TinyDecoders.TIED)));
        double exact = lossAndGradient(false, batch)[0];
        double[] rounded = lossAndGradient(true, batch);

        assertThat(rounded[0]).isCloseTo(exact, within(0.02 * exact)).isNotEqualTo(exact);
        assertThat(rounded[1]).isCloseTo(lossAndGradient(false, batch)[1], within(0.05));
    }

    /** The loss, and the norm of the gradient of its mean. */
    private static double[] lossAndGradient(boolean bfloat16, LabelledBatch batch) {
        try (var decoder = Decoder.open(TinyDecoders.TIED, bfloat16);
                var weights = Parameters.random(decoder, 4);
                var gradients = Parameters.zeros(decoder)) {
            double loss = decoder.addGradients(weights, gradients, batch, 1 / 36.0);
            double norm = gradients.arrays().stream()
                    .mapToDouble(one -> Math.pow(one.norm().getFloat(), 2))
                    .sum();
            return new double[] {loss, Math.sqrt(norm)};
        }
    }

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
