package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
    @ParameterizedTest
    @CsvSource({
        "1-10, 8.3, 8.3",
        "1-5, 1, 1",
        "1-5, 5, 10",
        "1-5, 1.5, 2.125",
        "0-100, 0, 1",
        "0-100, 100, 10",
        "0-100, 12, 2.08"
    })
    void score_points_areMappedToOneToTen(String scale, double points, double score) {
        assertThat(((Scale.Points) Scale.parse(scale)).score(points)).isCloseTo(score, within(1e-12));
    }

    /** What the scales' documentation says of the usual hard gap. */
    @Test
    void score_gapOfOne_isPassedByHalfAPointOfFiveAndTwelveOfAHundred() {
        assertThat(Scale.ONE_TO_FIVE.score(3.5) - Scale.ONE_TO_FIVE.score(3)).isGreaterThan(1);
        assertThat(Scale.ZERO_TO_HUNDRED.score(62) - Scale.ZERO_TO_HUNDRED.score(50))
                .isGreaterThan(1);
        assertThat(Scale.ZERO_TO_HUNDRED.score(61) - Scale.ZERO_TO_HUNDRED.score(50))
                .isLessThan(1);
    }

    @Test
    void parse_names_areThoseOfToString() {
        assertThat(Scale.parse("1-10")).isEqualTo(Scale.ONE_TO_TEN).hasToString("1-10");
        assertThat(Scale.parse("preference")).isEqualTo(Scale.PREFERENCE).hasToString("preference");
        assertThat(Scale.parse("0-4.5")).isEqualTo(new Scale.Points(0, 4.5)).hasToString("0-4.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10-1", "1-", "a-b", "1-2-3", "-1-5", "1-9999", "Preference"})
    void parse_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> Scale.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
