package dev.lion.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.judging.HardCurve.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HardCurveTest {
    private final List<Point> points = new ArrayList<>();

    private void add(int count, double value, double gap, boolean hard) {
        for (int i = 0; i < count; i++) {
            points.add(new Point(value, gap, hard));
        }
    }

    @Test
    void hardShare_enoughOfEachValue_isThatOfTheValue() {
        add(40, 0, 0, false);
        add(10, 1, 0, false);
        add(30, 1, 1, true);
        add(40, 2, 1, true);
        HardCurve curve = HardCurve.of(points);
        assertThat(curve.hardShare(0)).isCloseTo(0.5 / 41, within(1e-12));
        assertThat(curve.hardShare(1)).isCloseTo(30.5 / 41, within(1e-12));
        assertThat(curve.hardShare(2)).isCloseTo(40.5 / 41, within(1e-12));
        assertThat(curve.hardShare(-9)).isEqualTo(curve.hardShare(0));
        assertThat(curve.hardShare(9)).isEqualTo(curve.hardShare(2));
    }

    @Test
    void hardShare_fewOfAValue_isSharedWithItsNeighbour() {
        add(40, 0, 0, false);
        add(5, 1, 1, true);
        HardCurve curve = HardCurve.of(points);
        assertThat(curve.hardShare(0)).isEqualTo(curve.hardShare(1)).isCloseTo(5.5 / 46, within(1e-12));
    }

    @Test
    void gap_ofAValue_isCorrectedByWhatItMissedThere() {
        add(30, -4, -1, false);
        add(30, 3, 1, true);
        HardCurve curve = HardCurve.of(points);
        assertThat(curve.gap(-4)).isCloseTo(-1, within(1e-12));
        assertThat(curve.gap(3)).isCloseTo(1, within(1e-12));
    }

    @Test
    void curve_noPoints_knowsNothing() {
        HardCurve curve = HardCurve.of(List.of());
        assertThat(curve.hardShare(3)).isEqualTo(0.5);
        assertThat(curve.gap(3)).isEqualTo(3);
    }
}
