package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.student.decoder.WeightType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrecisionTest {
    @Test
    void usesBfloat16_whenAskedFor_doesNotLookAtTheProcessor() {
        assertThat(Precision.BFLOAT16.usesBfloat16()).isTrue();
        assertThat(Precision.FLOAT32.usesBfloat16()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void usesBfloat16_toAnswerWithWeightsOfOtherTypes_onlyWhenAskedFor(WeightType held) {
        assertThat(Precision.BFLOAT16.usesBfloat16(held)).isTrue();
        assertThat(Precision.AUTO.usesBfloat16(held))
                .isEqualTo(held == WeightType.BFLOAT16 && Precision.AUTO.usesBfloat16());
    }
}
