package dev.lion.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.Share;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProportionTest {
    // published tables of Clopper and Pearson's interval
    @ParameterizedTest
    @CsvSource({"0, 10, 0, 0.3085", "5, 10, 0.1871, 0.8129", "8, 20, 0.1912, 0.6395", "10, 10, 0.6915, 1"})
    void of_smallCounts_isThePublishedInterval(int hits, int trials, double low, double high) {
        Share share = Proportion.of(hits, trials);
        assertThat(share.low()).isCloseTo(low, within(5e-5));
        assertThat(share.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void of_noTrials_isAnything() {
        assertThat(Proportion.of(0, 0)).isEqualTo(new Share(0.5, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.003, 0.05, 0.4, 0.97})
    void of_manyDraws_holdsTheTruthInAtLeast95Percent(double truth) {
        Random random = new Random(7);
        long held = IntStream.range(0, 1000)
                .filter(draw -> {
                    int hits = (int) IntStream.range(0, 150)
                            .filter(i -> random.nextDouble() < truth)
                            .count();
                    Share share = Proportion.of(hits, 150);
                    return share.low() <= truth && truth <= share.high();
                })
                .count();
        assertThat(held).isGreaterThanOrEqualTo(945);
    }
}
