package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withPrecision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import com.google.common.primitives.Floats;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdaptedModelTest {
    private static final LoraConfig LORA = LoraConfig.ofRank(3);
    private static final DecoderConfig SHAPE = TinyDecoders.QWEN3;

    static Stream<Arguments> roundings() {
        return Stream.of(
                Arguments.of(false, WeightType.BFLOAT16, 0.04),
                Arguments.of(false, WeightType.INT8, 0.06),
                Arguments.of(true, WeightType.FLOAT32, 0.04),
                Arguments.of(true, WeightType.BFLOAT16, 0.04),
                Arguments.of(true, WeightType.INT8, 0.06));
    }

    @ParameterizedTest
    @MethodSource("roundings")
    void addGradients_rounded_isCloseToFloat32(boolean bfloat16, WeightType base, double allowed) throws IOException {
        List<Float> exact = adapterGradient(false, WeightType.FLOAT32);
        List<Float> rounded = adapterGradient(bfloat16, base);

        double difference = 0;
        double all = 0;
        for (int i = 0; i < exact.size(); i++) {
            difference += Math.pow(rounded.get(i) - exact.get(i), 2);
            all += Math.pow(exact.get(i), 2);
        }
        assertThat(Math.sqrt(difference / all)).isLessThan(allowed).isPositive();
    }

    private static List<Float> adapterGradient(boolean bfloat16, WeightType type) throws IOException {
        var batch = PackedBatch.of(List.of(sequence(20, 4), sequence(30, 10)));
        try (var decoder = Decoder.open(SHAPE, bfloat16, type, LORA);
                var model = model(decoder);
                var gradients = Parameters.like(decoder, model.trainable())) {
            model.addGradients(gradients, batch, new double[] {1, 1}, 0, false);
            var numbers = new ArrayList<Float>();
            gradients.names().forEach(name -> collect(gradients.bytes(name).asFloatBuffer(), numbers));
            return numbers;
        }
    }

    private static LabelledSequence sequence(int length, int prompt) {
        return LabelledSequence.of(
                "sequence of " + length,
                new Random(length).ints(length, 0, SHAPE.vocabSize()).toArray(),
                prompt);
    }

    private static DecoderModel model(Decoder decoder) throws IOException {
        try (var weights = TinyDecoders.lively(decoder, 1)) {
            return DecoderModel.adapted(
                    decoder, TinyDecoders.base(decoder, weights), TinyDecoders.lively(decoder, LORA));
        }
    }

    private static void collect(FloatBuffer from, List<Float> into) {
        while (from.hasRemaining()) {
            into.add(from.get());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void ready_baseOfFloats_hasTheOutputLayerInTheProductsType(WeightType type) throws IOException {
        for (DecoderConfig shape : List.of(TinyDecoders.TIED, TinyDecoders.UNTIED)) {
            try (var decoder = Decoder.open(shape, false, MatrixOrder.PLAIN, type, Optional.of(LORA));
                    var model = model(decoder);
                    var ready = model.ready();
                    var scope = (PtNDManager) decoder.manager().newSubManager()) {
                NDArray[] arrays = ready.value().toIValueTuple()[0].toTensorArray(scope);
                NDArray head = arrays[12 * shape.numHiddenLayers()];

                assertThat(head.getShape()).isEqualTo(new Shape(shape.hiddenSize(), shape.vocabSize()));
                assertThat(head.getDataType()).isEqualTo(DataType.FLOAT32);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void read_inSlices_givesTheSameNumbersButForTheirLastBits(WeightType type) throws IOException {
        try (var decoder = Decoder.open(SHAPE, false, type, LORA);
                var model = model(decoder)) {
            SHAPE.parameterShapes().forEach((name, shape) -> {
                int width = shape.size() == 1 ? 1 : Math.toIntExact(shape.get(1));
                var pieces = new ArrayList<Integer>();
                var sliced = new ArrayList<Float>();
                model.read(name, 5 * width, numbers -> {
                    pieces.add(numbers.remaining());
                    collect(numbers, sliced);
                });
                var whole = new ArrayList<Float>();
                model.read(name, numbers -> collect(numbers, whole));

                assertThat(pieces).as(name).allMatch(piece -> piece <= 5 * width);
                assertThat(pieces.size()).as(name).isEqualTo((shape.get(0) + 4) / 5);
                assertThat(Floats.toArray(sliced))
                        .as(name)
                        .containsExactly(
                                Floats.toArray(whole), withPrecision(1e-6f)); // fewer rows add up in another order
            });
        }
    }

    @Test
    void adapted_otherThanTheDecoderWasOpenedFor_isRefused() throws IOException {
        try (var plain = Decoder.open(SHAPE, false);
                var weights = TinyDecoders.lively(plain, 1);
                var decoder = Decoder.open(SHAPE, false, WeightType.BFLOAT16, LORA);
                var adapter = Parameters.lora(decoder, LORA, 1);
                var base = TinyDecoders.base(decoder, weights);
                var narrower = Parameters.lora(decoder, LoraConfig.ofRank(2), 1)) {
            assertThatThrownBy(() -> DecoderModel.adapted(plain, base, adapter))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("opened to train all weights; open one for the adapter");
            assertThatThrownBy(() -> DecoderModel.adapted(decoder, base, narrower))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("names and shapes of the adapter are not those");
            assertThatThrownBy(() -> DecoderModel.adapted(decoder, BaseWeights.of(weights), adapter))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("held as FLOAT32, but this decoder was opened for BFLOAT16");
        }
    }

    @Test
    void full_otherThanTheDecoderWasOpenedFor_isRefused() {
        try (var decoder = Decoder.open(SHAPE, false, WeightType.FLOAT32, LORA);
                var other = Decoder.open(TinyDecoders.TIED, false);
                var weights = TinyDecoders.lively(decoder, 1)) {
            assertThatThrownBy(() -> DecoderModel.full(decoder, weights))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("opened for an adapter")
                    .hasMessageContaining("open one without an adapter");
            assertThatThrownBy(() -> DecoderModel.full(other, weights))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("names and shapes of the weights are not those");
        }
    }
}
