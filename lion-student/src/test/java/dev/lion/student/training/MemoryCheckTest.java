package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.WeightType;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {
    private static final DecoderConfig SHAPE = DecoderConfig.builder()
            .hiddenSize(576)
            .numHiddenLayers(30)
            .numAttentionHeads(9)
            .numKeyValueHeads(3)
            .intermediateSize(1536)
            .vocabSize(49152)
            .build();
    private static final TrainingLoad FULL =
            new TrainingLoad(SHAPE, Optional.empty(), WeightType.FLOAT32, false, 1, 2048, false);

    private static final long GIGA = 1_000_000_000;

    @Test
    void estimate_allWeights_holdsSixteenBytesOfEachParameter() {
        MemoryEstimate estimate = MemoryEstimate.of(FULL);

        assertThat(estimate.weights() + estimate.gradients() + estimate.moments())
                .isEqualTo(16 * SHAPE.parameterCount());
    }

    @Test
    void estimate_everyWayToSave_savesWhereItSays() {
        MemoryEstimate whole = MemoryEstimate.of(FULL);
        MemoryEstimate again = MemoryEstimate.of(FULL.withRecomputation());
        MemoryEstimate halves = MemoryEstimate.of(FULL.withTokensOfPass(1024));
        MemoryEstimate lora = MemoryEstimate.of(FULL.withLora(LoraConfig.ofRank(16), WeightType.BFLOAT16));

        assertThat(again.kept()).isLessThan(whole.kept() / 5);
        assertThat(halves.kept()).isEqualTo(whole.kept() / 2);
        assertThat(lora.weights()).isBetween(2 * SHAPE.parameterCount(), 3 * SHAPE.parameterCount());
        assertThat(lora.gradients() + lora.moments()).isLessThan(GIGA / 10);
        assertThat(MemoryEstimate.of(FULL.withPasses(2)).gradients()).isEqualTo(2 * whole.gradients());
    }

    @Test
    void require_enoughOrUnknown_returns() {
        assertThatCode(() -> MemoryCheck.require(FULL, 500, OptionalLong.of(8 * GIGA)))
                .doesNotThrowAnyException();
        assertThatCode(() -> MemoryCheck.require(FULL, 500, OptionalLong.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void require_tooLittle_refusesWithWhatEachWayOutWouldNeed() {
        assertThatThrownBy(() -> MemoryCheck.require(FULL, 1000, OptionalLong.of(3 * GIGA)))
                .isInstanceOf(NotEnoughMemoryException.class)
                .hasMessageContaining("and 3.00 GB are free; nothing was begun")
                .hasMessageMatching(".*[0-9.]+ GB with tokensPerPass 1000; .*")
                .hasMessageContainingAll(
                        "maxLength and tokensPerPass 500",
                        "with recomputation;",
                        "LoRA of rank 16",
                        "LoRA on a bfloat16 base");
    }

    @Test
    void require_adapterOnBfloat16WithOnePassAlready_advisesOnlyWhatIsLeft() {
        var load = FULL.withLora(LoraConfig.ofRank(8), WeightType.BFLOAT16)
                .withRecomputation()
                .withTokensOfPass(256);

        assertThatThrownBy(() -> MemoryCheck.require(load, 100, OptionalLong.of(GIGA / 10)))
                .isInstanceOf(NotEnoughMemoryException.class)
                .hasMessageContaining("no other setting")
                .hasMessageNotContaining("LoRA on");
    }

    @Test
    void tokensPerPass_lessMemory_halvesThePassButNotBelow256() {
        assertThat(MemoryCheck.tokensPerPass(FULL, OptionalLong.of(64 * GIGA))).isEqualTo(512);
        assertThat(MemoryCheck.tokensPerPass(FULL, OptionalLong.of(3 * GIGA))).isEqualTo(256);
        assertThat(MemoryCheck.tokensPerPass(FULL, OptionalLong.empty())).isEqualTo(512);
    }
}
