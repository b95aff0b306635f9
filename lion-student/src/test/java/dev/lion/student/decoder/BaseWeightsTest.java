package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseWeightsTest {
    @ParameterizedTest
    @EnumSource
    void read_anyType_takesRoomForTheScalesOfIntegersAlone(WeightType type) throws IOException {
        var shape = TinyDecoders.UNTIED;
        try (var decoder = Decoder.open(shape, false, type, LoraConfig.ofRank(2));
                var weights = TinyDecoders.lively(decoder, 1)) {
            long before = scales(decoder);
            try (var base = TinyDecoders.base(decoder, weights)) {
                assertThat(base.type()).isEqualTo(type);
                assertThat(scales(decoder) - before).isEqualTo(type == WeightType.INT8 ? rowsOfLayers(shape) : 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void read_frozenFloats_givesBackWhatWasRead(boolean bfloat16) throws IOException {
        try (var decoder = Decoder.open(TinyDecoders.UNTIED, bfloat16, WeightType.FLOAT32)) {
            requireGivenBack(decoder);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.lion.student.decoder.TinyDecoders#orders")
    void read_frozenFloatsInAnyOrder_givesBackWhatWasRead(String order) throws IOException {
        try (var decoder = TinyDecoders.open(TinyDecoders.UNTIED, order)) {
            requireGivenBack(decoder);
        }
    }

    private static void requireGivenBack(Decoder decoder) throws IOException {
        try (var weights = TinyDecoders.lively(decoder, 1);
                var model = DecoderModel.frozen(decoder, TinyDecoders.base(decoder, weights))) {
            for (String name : weights.names()) {
                var found = ByteBuffer.allocate(weights.bytes(name).remaining()).order(ByteOrder.nativeOrder());
                model.read(name, 100, part -> {
                    found.asFloatBuffer().put(part.duplicate());
                    found.position(found.position() + part.remaining() * Float.BYTES);
                });

                assertThat(found.flip()).isEqualTo(weights.bytes(name));
            }
        }
    }

    /** Numbers in the decoder's tensors of one column. */
    private static long scales(Decoder decoder) {
        return decoder.manager().getManagedArrays().stream()
                .filter(array ->
                        array.getShape().dimension() == 2 && array.getShape().get(1) == 1)
                .mapToLong(array -> array.size())
                .sum();
    }

    private static long rowsOfLayers(DecoderConfig shape) {
        return shape.parameterShapes().entrySet().stream()
                .filter(one -> one.getKey().startsWith("model.layers.")
                        && one.getValue().size() == 2)
                .mapToLong(one -> one.getValue().get(0))
                .sum();
    }
}
