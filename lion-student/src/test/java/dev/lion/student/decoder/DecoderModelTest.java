package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import dev.lion.student.decoder.LoraConfig.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderModelTest {
    private static final LoraConfig ALL = LoraConfig.ofRank(3);
    private static final LoraConfig SOME =
            ALL.withTargets(List.of(Target.Q_PROJ, Target.V_PROJ, Target.UP_PROJ, Target.DOWN_PROJ));

    static Stream<DecoderConfig> families() {
        return TinyDecoders.families();
    }

    @ParameterizedTest
    @MethodSource("families")
    void logits_randomWeights_areThoseOfThePlainReference(DecoderConfig shape) {
        int[] ids = new Random(3).ints(20, 0, shape.vocabSize()).toArray();
        try (var decoder = Decoder.open(shape, false);
                var weights = TinyDecoders.lively(decoder, 1);
                var model = DecoderModel.full(decoder, weights)) {
            float[][] logits = model.logits(ids);
            double[][] reference = new ReferenceDecoder(shape, weights).logits(ids);

            for (int t = 0; t < ids.length; t++) {
                for (int token = 0; token < shape.vocabSize(); token++) {
                    assertThat((double) logits[t][token]).isCloseTo(reference[t][token], within(2e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void addGradients_everyParameter_isTheSlopeOfTheLoss(DecoderConfig shape) {
        try (var decoder = Decoder.open(shape, false);
                var weights = inDoubles(decoder, shape.parameterShapes());
                var model = DecoderModel.full(decoder, weights)) {
            requireSlopes(decoder, model);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void addGradients_adapterOfAllLayers_isTheSlopeOfTheLoss(DecoderConfig shape) throws IOException {
        requireAdapterSlopes(shape, ALL);
    }

    @ParameterizedTest
    @MethodSource("families")
    void addGradients_adapterOfSomeLayers_isTheSlopeOfTheLoss(DecoderConfig shape) throws IOException {
        requireAdapterSlopes(shape, SOME);
    }

    @Test
    void addGradients_adapterWithDropout_isTheSlopeOfTheLossWithTheSameOnesDropped() throws IOException {
        requireAdapterSlopes(TinyDecoders.TIED, ALL.withDropout(0.3));
    }

    private static void requireAdapterSlopes(DecoderConfig shape, LoraConfig lora) throws IOException {
        try (var decoder = Decoder.open(shape, false, WeightType.FLOAT32, lora);
                var adapter = inDoubles(decoder, lora.parameterShapes(shape));
                var base = inDoubles(decoder, shape.parameterShapes());
                var model = DecoderModel.adapted(decoder, BaseWeights.of(base), adapter)) {
            requireSlopes(decoder, model);
        }
    }

    private static void requireSlopes(Decoder decoder, DecoderModel model) {
        var weights = model.trainable();
        var batch = conversations(decoder.config());
        double[] scales = {0.5, 0.25, 1, 0.125};
        try (var gradients = Parameters.zeros(decoder, weights.shapes(), DataType.FLOAT64);
                var others = Parameters.zeros(decoder, weights.shapes(), DataType.FLOAT64)) {
            double loss = model.addGradients(gradients, batch, scales, 7, false);
            assertThat(model.addGradients(others, batch, scales, 7, true)).isEqualTo(loss);
            assertThat(contents(others)).as("recomputed").isEqualTo(contents(gradients));
            for (String name : weights.names()) {
                int places = weights.bytes(name).asDoubleBuffer().remaining();
                for (int place : new Random(name.hashCode()).ints(2, 0, places).toArray()) {
                    double slope =
                            slope(name, place, weights, () -> model.addGradients(others, batch, scales, 7, false));
                    assertThat(gradients.bytes(name).asDoubleBuffer().get(place))
                            .as("%s at %d", name, place)
                            .isCloseTo(slope, within(1e-6 + 1e-5 * Math.abs(slope)));
                }
            }
        }
    }

    private static List<ByteBuffer> contents(Parameters numbers) {
        return numbers.names().stream().map(numbers::bytes).toList();
    }

    /** Four sequences, two of one length; one learns two answers with a question between them, and ends unlearnt. */
    private static PackedBatch conversations(DecoderConfig shape) {
        var learnt = new BitSet();
        learnt.set(3, 5);
        learnt.set(8, 10);
        return PackedBatch.of(List.of(
                sequence(9, 4, shape),
                sequence(12, 11, shape),
                new LabelledSequence(
                        "conversation",
                        new Random(2).ints(11, 0, shape.vocabSize()).toArray(),
                        learnt),
                sequence(9, 2, shape)));
    }

    private static LabelledSequence sequence(int length, int prompt, DecoderConfig shape) {
        return LabelledSequence.of(
                "sequence of " + length,
                new Random(length + prompt).ints(length, 0, shape.vocabSize()).toArray(),
                prompt);
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

    private static Parameters inDoubles(Decoder decoder, Map<String, List<Long>> shapes) {
        var doubles = Parameters.zeros(decoder, shapes, DataType.FLOAT64);
        var random = new Random(2);
        for (String name : doubles.names()) {
            double mean = name.endsWith("norm.weight") ? 1 : 0;
            var values = doubles.bytes(name).asDoubleBuffer();
            while (values.hasRemaining()) {
                values.put(mean + 0.3 * random.nextGaussian());
            }
        }
        return doubles;
    }

    @ParameterizedTest
    @MethodSource("families")
    void logProbabilities_packedSequences_areThoseOfEachAlone(DecoderConfig shape) {
        try (var decoder = Decoder.open(shape, false);
                var model = DecoderModel.full(decoder, TinyDecoders.lively(decoder, 1))) {
            var batch = conversations(shape);
            double[] packed = model.logProbabilities(batch);
            for (int i = 0; i < packed.length; i++) {
                double[] alone = model.logProbabilities(
                        PackedBatch.of(List.of(batch.sequences().get(i))));
                assertThat(packed[i]).isCloseTo(alone[0], within(1e-5 * Math.abs(alone[0])));
            }
        }
    }

    @Test
    void addGradients_ofASum_isMinusTheWeightedLogProbabilities() {
        try (var decoder = Decoder.open(TinyDecoders.UNTIED, false);
                var model = DecoderModel.full(decoder, TinyDecoders.lively(decoder, 1));
                var gradients = Parameters.zeros(decoder)) {
            var batch = conversations(TinyDecoders.UNTIED);
            double[] scales = {1, -2, 3, 0};
            double[] chances = model.logProbabilities(batch);
            double expected = -chances[0] + 2 * chances[1] - 3 * chances[2];

            assertThat(model.addGradients(gradients, batch, scales, 0, false)).isCloseTo(expected, within(1e-3));
            assertThatThrownBy(() -> model.addGradients(gradients, batch, new double[] {1}, 0, false))
                    .hasMessageContaining("1 numbers for 4 sequences");
        }
    }

    @Test
    void addGradients_inBfloat16_isCloseToFloat32() {
        var batch = PackedBatch.of(List.of(sequence(20, 4, TinyDecoders.TIED), sequence(30, 10, TinyDecoders.TIED)));
        double[] exact = lossAndGradient(false, batch);
        double[] rounded = lossAndGradient(true, batch);

        assertThat(rounded[0]).isCloseTo(exact[0], within(0.02 * exact[0])).isNotEqualTo(exact[0]);
        assertThat(rounded[1]).isCloseTo(exact[1], within(0.05));
    }

    /** The mean loss, and the norm of its gradient. */
    private static double[] lossAndGradient(boolean bfloat16, PackedBatch batch) {
        try (var decoder = Decoder.open(TinyDecoders.TIED, bfloat16);
                var model = DecoderModel.full(decoder, Parameters.random(decoder, 4));
                var gradients = Parameters.zeros(decoder)) {
            double loss = model.addGradients(gradients, batch, new double[] {1 / 36.0, 1 / 36.0}, 0, false);
            return new double[] {loss, norm(gradients)};
        }
    }

    private static double norm(Parameters gradients) {
        return Math.sqrt(gradients.arrays().stream()
                .mapToDouble(one -> Math.pow(one.norm().getFloat(), 2))
                .sum());
    }

    @ParameterizedTest
    @EnumSource
    void adapted_newAdapter_isTheBaseAsItIsHeld(WeightType type) throws IOException {
        var shape = TinyDecoders.QWEN2;
        int[] ids = new Random(3).ints(20, 0, shape.vocabSize()).toArray();
        try (var full = Decoder.open(shape, false);
                var weights = TinyDecoders.lively(full, 1);
                var exact = DecoderModel.full(full, weights);
                var decoder = Decoder.open(shape, false, type, ALL);
                var model = DecoderModel.adapted(
                        decoder, TinyDecoders.base(decoder, weights), Parameters.lora(decoder, ALL, 1))) {
            double error = deviation(model.logits(ids), exact.logits(ids));

            assertThat(error).isLessThan(allowed(type));
            assertThat(model.trainable().count()).isEqualTo(adapterNumbers(shape));
        }
    }

    private static double allowed(WeightType type) {
        return switch (type) {
            case FLOAT32 -> 1e-6;
            case BFLOAT16 -> 0.02;
            case INT8 -> 0.05;
        };
    }

    private static long adapterNumbers(DecoderConfig shape) {
        return ALL.parameterShapes(shape).values().stream()
                .mapToLong(one -> one.get(0) * one.get(1))
                .sum();
    }

    /** The root of the mean square of the difference, as a share of the second. */
    private static double deviation(float[][] some, float[][] others) {
        double difference = 0;
        double all = 0;
        for (int t = 0; t < some.length; t++) {
            for (int i = 0; i < some[t].length; i++) {
                difference += Math.pow(some[t][i] - others[t][i], 2);
                all += Math.pow(others[t][i], 2);
            }
        }
        return Math.sqrt(difference / all);
    }

    @ParameterizedTest
    @EnumSource
    void read_adaptedModel_givesTheWeightsWithTheAdapterInThem(WeightType type) throws IOException {
        var shape = TinyDecoders.QWEN3;
        int[] ids = new Random(3).ints(20, 0, shape.vocabSize()).toArray();
        try (var full = Decoder.open(shape, false);
                var weights = TinyDecoders.lively(full, 1);
                var decoder = Decoder.open(shape, false, type, SOME);
                var model = DecoderModel.adapted(
                        decoder, TinyDecoders.base(decoder, weights), TinyDecoders.lively(decoder, SOME));
                var merged = Parameters.zeros(full)) {
            merged.names()
                    .forEach(name -> model.read(
                            name, numbers -> merged.bytes(name).asFloatBuffer().put(numbers)));
            try (var one = DecoderModel.full(full, merged)) {
                assertThat(deviation(one.logits(ids), model.logits(ids))).isLessThan(1e-5);
            }
        }
    }

    @Test
    void addGradients_sameSeed_dropsTheSame() throws IOException {
        var lora = ALL.withDropout(0.5);
        try (var decoder = Decoder.open(TinyDecoders.TIED, false, WeightType.BFLOAT16, lora);
                var weights = TinyDecoders.lively(decoder, 1);
                var model = DecoderModel.adapted(
                        decoder, TinyDecoders.base(decoder, weights), TinyDecoders.lively(decoder, lora));
                var ignored = Parameters.like(decoder, model.trainable())) {
            var batch = conversations(TinyDecoders.TIED);
            double[] losses = Stream.of(3L, 3L, 4L)
                    .mapToDouble(seed -> model.addGradients(ignored, batch, new double[] {1, 1, 1, 1}, seed, false))
                    .toArray();

            assertThat(losses[0]).isEqualTo(losses[1]).isNotEqualTo(losses[2]);
            assertThat(Arrays.stream(model.logProbabilities(batch)).sum()).isNotEqualTo(-losses[0]);
        }
    }
}
