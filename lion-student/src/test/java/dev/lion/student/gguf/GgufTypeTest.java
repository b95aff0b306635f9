package dev.lion.student.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GgufTypeTest {
    @Test
    void round_q8AtHalves_goesAwayFromZero() {
        var values = new float[32];
        values[0] = 127;
        values[1] = 2.5f;
        values[2] = -2.5f;
        values[3] = 1.4f;

        GgufType.Q8_0.round(values, 32);

        assertThat(Arrays.copyOf(values, 4)).containsExactly(127, 3, -3, 1);
    }

    @Test
    void round_q8OfNumbers_isWithinHalfAStepOfTheScale() {
        var random = new Random(1);
        var values = new float[320];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] rounded = values.clone();

        GgufType.Q8_0.round(rounded, rounded.length);

        for (int i = 0; i < values.length; i++) {
            int block = i / 32 * 32;
            float largest = 0;
            for (float value : Arrays.copyOfRange(values, block, block + 32)) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(Math.abs(rounded[i] - values[i])).isLessThan(0.52f * largest / 127 + 1e-3f * largest);
        }
    }

    @Test
    void round_q8OfZeros_isZeros() {
        var values = new float[32];

        GgufType.Q8_0.round(values, 32);

        assertThat(values).containsOnly(0);
    }

    @Test
    void typeOf_rowsThatAreNoBlocks_stayInF16AndVectorsInF32() {
        assertThat(GgufTensor.of("a", List.of(4L, 48L), GgufType.Q8_0).type()).isEqualTo(GgufType.F16);
        assertThat(GgufTensor.of("a", List.of(4L, 64L), GgufType.Q8_0).type()).isEqualTo(GgufType.Q8_0);
        assertThat(GgufTensor.of("a", List.of(64L), GgufType.Q8_0).type()).isEqualTo(GgufType.F32);
    }
}
