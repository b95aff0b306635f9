package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpoLossTest {
    @ParameterizedTest
    @ValueSource(doubles = {-60, -2.5, -1e-3, 0, 0.7, 31})
    void at_margin_isTheNegativeLogOfASigmoid(double margin) {
        assertThat(new DpoLoss(0.3).at(margin)).isCloseTo(-Math.log(1 / (1 + Math.exp(-0.3 * margin))), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-60, -2.5, 0, 0.7, 31})
    void slope_margin_isTheLossesFallByFiniteDifferences(double margin) {
        var loss = new DpoLoss(0.3);
        double difference = (loss.at(margin - 1e-5) - loss.at(margin + 1e-5)) / 2e-5;
        assertThat(loss.slope(margin)).isCloseTo(difference, within(1e-9));
    }

    @Test
    void atAndSlope_marginsFarOut_areFinite() {
        var loss = new DpoLoss(0.1);
        assertThat(loss.at(-1e6)).isEqualTo(1e5);
        assertThat(loss.slope(-1e6)).isEqualTo(0.1);
        assertThat(loss.at(1e6)).isZero();
        assertThat(loss.slope(1e6)).isZero();
    }

    @Test
    void config_unusable_namesEveryFault() {
        assertThatThrownBy(() -> new DpoConfig(0, 0, Double.NaN, 0))
                .hasMessage(
                        "not a usable configuration for preferences: beta 0.0 must be above 0; epochs 0 must be above 0;"
                                + " learningRate NaN must be above 0 and below 1; batchSize 0 must be above 0");
    }
}
