package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void isFasterWithBlocks_inFloat32_onlyOnProcessorsThatMklIsSlowOn() {
        assertThat(CpuFeatures.parse(List.of("vendor_id\t: AuthenticAMD")).isFasterWithBlocks(false))
                .isTrue();
        assertThat(CpuFeatures.parse(List.of("vendor_id\t: GenuineIntel", "model name\t: AuthenticAMD"))
                        .isFasterWithBlocks(false))
                .isFalse();
        assertThat(CpuFeatures.parse(List.of("Features\t: asimd bf16")).isFasterWithBlocks(false))
                .isFalse();
    }

    @Test
    void isFasterWithBlocks_inBfloat16_whereThereAreInstructionsForIt() {
        assertThat(CpuFeatures.parse(List.of("vendor_id\t: GenuineIntel", "flags\t\t: amx_bf16"))
                        .isFasterWithBlocks(true))
                .isTrue();
        assertThat(CpuFeatures.parse(List.of("vendor_id\t: AuthenticAMD", "flags\t\t: avx2"))
                        .isFasterWithBlocks(true))
                .isFalse();
    }
}
