package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.ImitationSummary.LossPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StabilityTest {
    private static final Stability STABILITY = new Stability(OptionalDouble.of(Math.log(40)));

    private static List<LossPoint> steps(int count, double loss, double norm) {
        return Collections.nCopies(count, new LossPoint(1, loss, 1e-3, OptionalDouble.of(norm)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void fault_notFinite_isOneFromTheFirstStepOn(double number) {
        assertThat(STABILITY.faultOfLoss(number, List.of())).contains("its loss is " + number);
        assertThat(STABILITY.faultOfNorm(number, List.of())).contains("its gradient norm is " + number);
    }

    /** ln 40 is 3.69, four times that 14.76. */
    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource({"14.8, 0.1, true", "14.8, 3.6, true", "14.7, 0.1, false", "14.8, 4, false", "81, 20, true"})
    void faultOfLoss_afterSteps_isOneAboveFourTimesIgnoranceAndTheLowest(double loss, double lowest, boolean explodes) {
        var before = new ArrayList<>(steps(20, lowest + 10, 1));
        before.addAll(steps(1, lowest, 1));
        before.addAll(steps(60, lowest + 5, 1));

        assertThat(STABILITY.faultOfLoss(loss, before).isPresent()).isEqualTo(explodes);
    }

    @Test
    void faultOfLoss_withoutABound_isOnlyOneThatIsNotFinite() {
        var unbounded = new Stability(OptionalDouble.empty());

        assertThat(unbounded.faultOfLoss(1e9, steps(20, 0.01, 1))).isEmpty();
        assertThat(unbounded.faultOfLoss(Double.NaN, steps(20, 0.01, 1))).contains("its loss is NaN");
    }

    @ParameterizedTest(name = "{0} after a mean of {1}")
    @CsvSource({"1001, 0.01, true", "999, 0.01, false", "1001, 1.1, false", "5000, 2, true"})
    void faultOfNorm_afterSteps_isOneAboveAThousandTimesMeanAndOne(double norm, double mean, boolean explodes) {
        assertThat(STABILITY.faultOfNorm(norm, steps(60, 1, mean)).isPresent()).isEqualTo(explodes);
    }

    @Test
    void fault_veryHighAtTheFirstStep_isNone() {
        assertThat(STABILITY.faultOfLoss(80, List.of())).isEmpty();
        assertThat(STABILITY.faultOfNorm(1e6, List.of())).isEmpty();
    }

    @Test
    void faultOfNorm_itFellLongAgo_isMeasuredByTheLastFiftySteps() {
        var falling = new ArrayList<>(steps(500, 1, 1e6));
        falling.addAll(steps(50, 1, 2));

        assertThat(STABILITY.faultOfNorm(2001, falling))
                .contains("its gradient norm 2001 explodes: after the steps before, 2000 is the most");
    }
}
