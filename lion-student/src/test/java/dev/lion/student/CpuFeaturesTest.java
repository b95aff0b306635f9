package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.student.decoder.WeightType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuFeaturesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "flags\t\t: fpu avx512f avx512_bf16",
                "flags\t\t: amx_bf16 amx_tile",
                "Features\t: fp asimd bf16 i8mm",
            })
    void hasBfloat16_processorsWithInstructionsForIt_isTrue(String line) {
        assertThat(CpuFeatures.parse(List.of("processor\t: 0", line)).hasBfloat16())
                .isTrue();
    }

    @Test
    void hasBfloat16_nameOnlyInOtherLinesOrPartOfAWord_isFalse() {
        var lines = List.of("model name\t: bf16", "flags\t\t: avx512f avx512_vnni no_avx512_bf16_here", "");

        assertThat(CpuFeatures.parse(lines).hasBfloat16()).isFalse();
    }

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
