package dev.lion.student.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.TinyDecoders;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyValueCacheTest {
    @Test
    void new_promptThatCannotBeRead_leavesNoTensors() {
        var shape = TinyDecoders.TIED;
        var row = new Row(new Prompt(new int[] {shape.vocabSize()}, 1), 10, shape.maxPositionEmbeddings());
        try (var decoder = Decoder.open(shape, false);
                var model = DecoderModel.full(decoder, TinyDecoders.lively(decoder, 1));
                var ready = model.ready()) {
            int before = decoder.manager().getManagedArrays().size();

            assertThatThrownBy(() -> new KeyValueCache(decoder, ready.value(), List.of(row)))
                    .hasMessageContaining("index out of range");

            assertThat(decoder.manager().getManagedArrays()).hasSize(before);
        }
    }
}
