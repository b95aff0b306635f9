package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
