package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixOrderTest {
    private static final CpuFeatures AMD =
            CpuFeatures.parse(List.of("vendor_id\t: AuthenticAMD", "flags\t\t: avx512f avx512_bf16"));
    private static final CpuFeatures INTEL = CpuFeatures.parse(List.of("vendor_id\t: GenuineIntel"));
    private static final DecoderConfig SMALL = TinyDecoders.TIED;
    private static final DecoderConfig LARGE =
            SMALL.toBuilder().vocabSize(1_000_000).build();

    @Test
    void of_processorThatMklIsFastOn_isPlain() {
        assertThat(MatrixOrder.of(SMALL, false, INTEL)).isEqualTo(MatrixOrder.PLAIN);
        assertThat(MatrixOrder.of(LARGE, false, INTEL)).isEqualTo(MatrixOrder.PLAIN);
    }

    @Test
    void of_processorThatMklIsSlowOn_isThatOfBlocksAndOfSmallDecodersACopyInStripsToo() {
        assertThat(MatrixOrder.of(SMALL, false, AMD)).isEqualTo(MatrixOrder.BLOCKS_AND_STRIPS);
        assertThat(MatrixOrder.of(LARGE, false, AMD)).isEqualTo(MatrixOrder.BLOCKS);
    }

    @Test
    void of_bfloat16_hasNoCopy() {
        assertThat(MatrixOrder.of(SMALL, true, AMD)).isEqualTo(MatrixOrder.BLOCKS);
    }
}
