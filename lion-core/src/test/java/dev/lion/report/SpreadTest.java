package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void of_fiveFigures_isMeanAndStudentsInterval() {
        // the t at 97.5 % with 4 degrees of freedom is 2.7764, the variance 9.5
        Spread spread = Spread.of(List.of(1.0, 2.0, 4.0, 4.0, 9.0));

        assertThat(spread.mean()).isEqualTo(4);
        assertThat(spread.half().orElseThrow()).isCloseTo(2.7764 * Math.sqrt(9.5 / 5), within(1e-9));
        assertThat(spread.percent()).isEqualTo("400.0% \u00b1382.7");
    }

    @Test
    void of_moreFiguresThanTheTable_goesOnFromItsEnd() {
        double last = half(31);
        assertThat(half(32)).isLessThan(last).isCloseTo(2.0395 * deviation(32) / Math.sqrt(32), within(1e-3));
    }

    @Test
    void of_oneFigure_hasNoInterval() {
        Spread spread = Spread.of(List.of(0.5));
        assertThat(spread.half()).isEmpty();
        assertThat(spread.percent()).isEqualTo("50.0%");
        assertThatThrownBy(() -> Spread.of(Collections.emptyList())).hasMessageContaining("nothing");
    }

    private static double half(int n) {
        return Spread.of(IntStream.range(0, n).mapToObj(i -> (double) (i % 2)).toList())
                .half()
                .orElseThrow();
    }

    private static double deviation(int n) {
        return 0.5 * Math.sqrt((double) n / (n - 1));
    }
}
