package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    /** Expected values: 1e-3 * step / 3, then 1e-3 * (1 + cos(pi * (step - 3) / 7)) / 2, step from 0. */
    @Test
    void at_everyStep_isHuggingFacesCosineAfterWarmUp() {
        var config =
                TrainingConfig.builder().learningRate(1e-3).warmupRatio(0.3).build();
        var schedule = LearningRateSchedule.of(config, 10);
        double[] expected = {
            0,
            1e-3 / 3,
            2e-3 / 3,
            1e-3,
            9.5048443395e-04,
            8.1174490093e-04,
            6.1126046698e-04,
            3.8873953302e-04,
            1.8825509907e-04,
            4.9515566049e-05
        };

        for (int step = 1; step <= 10; step++) {
            assertThat(schedule.at(step)).isCloseTo(expected[step - 1], within(1e-13));
        }
    }

    @Test
    void at_withoutWarmUp_beginsAtTheHighestRate() {
        var config = TrainingConfig.builder().learningRate(1e-3).warmupRatio(0).build();

        assertThat(LearningRateSchedule.of(config, 10).at(1)).isEqualTo(1e-3);
    }

    @Test
    void of_fewSteps_warmsNoneOfThemUp() {
        var config =
                TrainingConfig.builder().learningRate(1e-3).warmupRatio(0.03).build();

        assertThat(LearningRateSchedule.of(config, 1).at(1)).isEqualTo(1e-3);
        assertThat(LearningRateSchedule.of(config, 33).warmupSteps()).isZero();
        assertThat(LearningRateSchedule.of(config, 400).warmupSteps()).isEqualTo(12);
    }

    /** Expected values: 1e-3 * step / 3, then 1e-3 * (10 - step) / 7, step from 0, as get_linear_schedule_with_warmup. */
    @Test
    void at_linearDecay_fallsToNoughtAlongALine() {
        var schedule = new LearningRateSchedule(RateSchedule.LINEAR, 1e-3, 3, 10);

        assertThat(LongStream.rangeClosed(1, 10).mapToDouble(schedule::at).toArray())
                .containsExactly(
                        new double[] {
                            0, 1e-3 / 3, 2e-3 / 3, 1e-3, 6e-3 / 7, 5e-3 / 7, 4e-3 / 7, 3e-3 / 7, 2e-3 / 7, 1e-3 / 7
                        },
                        within(1e-15));
    }

    @Test
    void at_constant_staysAtTheHighestRateAfterTheWarmUp() {
        var schedule = new LearningRateSchedule(RateSchedule.CONSTANT, 1e-3, 2, 5);

        assertThat(LongStream.rangeClosed(1, 5).mapToDouble(schedule::at).toArray())
                .containsExactly(0, 5e-4, 1e-3, 1e-3, 1e-3);
    }
}
