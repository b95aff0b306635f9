package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrainingConfigTest {
    @Test
    void build_withFaults_namesAllOfThem() {
        var builder =
                TrainingConfig.builder().epochs(0).learningRate(2).betas(0.9, 1).saveEvery(Duration.ZERO);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("epochs 0", "learningRate 2.0", "beta2 1.0", "saveEvery PT0S");
    }

    @Test
    void defaults_areThePapers() {
        var config = TrainingConfig.defaults();

        assertThat(config.epochs()).isEqualTo(3);
        assertThat(config.learningRate()).isEqualTo(2e-5);
        assertThat(config.warmupRatio()).isEqualTo(0.03);
        assertThat(config.weightDecay()).isZero();
        assertThat(config.batchSize()).isEqualTo(128);
        assertThat(config.maxLength()).isEqualTo(1024);
        assertThat(config.maxGradientNorm()).isEqualTo(1);
        assertThat(config.schedule()).isEqualTo(RateSchedule.COSINE);
        assertThat(config.recomputation()).isFalse();
    }

    @Test
    void toBuilder_everythingSet_changesOnlyWhatIsSetAgain() {
        var config = TrainingConfig.builder()
                .epochs(2)
                .learningRate(1e-4)
                .schedule(RateSchedule.LINEAR)
                .warmupRatio(0.1)
                .weightDecay(0.01)
                .batchSize(7)
                .maxLength(99)
                .maxGradientNorm(2)
                .betas(0.8, 0.9)
                .epsilon(1e-7)
                .tokensPerPass(512)
                .recomputation(true)
                .saveEvery(Duration.ofSeconds(3))
                .build();

        assertThat(config.toBuilder().build()).isEqualTo(config);
        assertThat(config.toBuilder().epochs(5).build()).isNotEqualTo(config);
    }
}
