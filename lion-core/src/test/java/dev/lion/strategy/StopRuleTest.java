package dev.lion.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopRuleTest {
    private static Optional<String> plateau(double leastFall, int patience, int... hard) {
        return StopRule.plateau(leastFall, patience).reasonToStop(Summaries.withHard(hard));
    }

    @Test
    void never_hardShareRises_goesOn() {
        assertThat(StopRule.never().reasonToStop(Summaries.withHard(10, 50, 90)))
                .isEmpty();
    }

    @Test
    void plateau_nothingJudgedYet_goesOn() {
        assertThat(plateau(0.05, 1)).isEmpty();
    }

    @Test
    void plateau_firstShare_isNoReason() {
        assertThat(plateau(0.05, 1, 70)).isEmpty();
    }

    @Test
    void plateau_fallsByJustTheLeastThatCounts_goesOn() {
        assertThat(plateau(0.05, 1, 70, 65, 60, 55)).isEmpty();
    }

    @Test
    void plateau_fallsByLess_stopsAndSaysWhy() {
        assertThat(plateau(0.05, 1, 70, 66))
                .contains("the hard share is on a plateau: in the last iteration it did not fall by 0.05 below 0.70");
    }

    @Test
    void plateau_withPatience_waitsThatManyIterations() {
        assertThat(plateau(0.05, 2, 70, 66)).isEmpty();
        assertThat(plateau(0.05, 2, 70, 66, 80)).get().asString().contains("in the last 2 iterations");
    }

    @Test
    void plateau_smallFallsInARow_addUp() {
        assertThat(plateau(0.05, 2, 70, 67, 64, 61, 58)).isEmpty();
    }

    @Test
    void plateau_fallAfterAWait_beginsTheWaitAgain() {
        assertThat(plateau(0.05, 2, 70, 70, 60, 60)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-0.1, 1", "1.1, 1", "NaN, 1", "0.1, 0"})
    void plateau_unusableParameters_areRefused(double leastFall, int patience) {
        assertThatThrownBy(() -> StopRule.plateau(leastFall, patience))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but is");
    }
}
