package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.EvaluationSummary.Score;
import java.time.Duration;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "400, 0.4 s",
        "59499, 59 s",
        "59500, 1 min 0 s",
        "250000, 4 min 10 s",
        "11520000, 3 h 12 min",
        "183600000, 2 d 3 h"
    })
    void duration_anyLength_showsTwoUnits(long millis, String expected) {
        assertThat(Figures.duration(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "9999, '9,999'", "12400, '12,400'", "3100000, 3.1M", "2000000000, 2.0B"})
    void shortCount_anySize_isShort(long count, String expected) {
        assertThat(Figures.shortCount(count)).isEqualTo(expected);
    }

    @Test
    void signed_roundedZero_hasNoSign() {
        assertThat(Figures.signed(-0.001, 1)).isEqualTo("0.0");
        assertThat(Figures.signed(0.001, 1)).isEqualTo("0.0");
        assertThat(Figures.signed(-1.25, 1)).isEqualTo("\u22121.3");
        assertThat(Figures.points(0.176)).isEqualTo("+17.6 points");
    }

    @Test
    void figures_otherLocale_areTheSame() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(Figures.percent(0.3889) + Figures.count(70_000) + Figures.score(2.5))
                    .isEqualTo("38.9%70,0002.50");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5.5, 4, 0, 6, 4",
        "0.13, 0.61, 4, 0, 0.8, 5",
        "-0.7, 0, 4, -0.8, 0, 5",
        "3, 3, 4, 3, 3.5, 2",
        "0, 123456, 5, 0, 150000, 4"
    })
    void covering_anyRange_hasRoundTicksAroundIt(
            double low, double high, int marks, double min, double max, int ticks) {
        Axis axis = Axis.covering(low, high, marks);
        Offset<Double> exact = Offset.offset(1e-6);
        assertThat(axis.min()).isCloseTo(min, exact);
        assertThat(axis.max()).isCloseTo(max, exact);
        assertThat(axis.ticks()).hasSize(ticks);
    }

    @Test
    void interval_knownScore_isWilsons() {
        // 95 % Wilson interval of 10 of 50, by Wilson's formula in Python: z, n, p = 1.959964, 50, 0.2
        Interval interval = Interval.of(new Score(10, 50));
        assertThat(interval.low()).isCloseTo(0.1124, Offset.offset(1e-4));
        assertThat(interval.high()).isCloseTo(0.3304, Offset.offset(1e-4));
        assertThat(Interval.of(new Score(0, 5)).low()).isCloseTo(0, Offset.offset(1e-9));
        assertThat(Interval.differ(new Score(10, 50), new Score(13, 50))).isFalse();
        assertThat(Interval.differ(new Score(10, 50), new Score(30, 50))).isTrue();
    }
}
