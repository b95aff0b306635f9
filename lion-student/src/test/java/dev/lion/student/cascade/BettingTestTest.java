package dev.lion.student.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BettingTestTest {
    @ParameterizedTest(name = "{0} numbers, ones with probability {1}")
    @CsvSource({"20, 0.95", "100, 0.95", "1000, 0.95", "100, 0.5", "100, 0.05"})
    void showsMeanAbove_atTheTrueMean_errsAsSeldomAsPromised(int count, double mean) {
        var random = new SplittableRandom(1);
        long errors = IntStream.range(0, 2000)
                .filter(i -> BettingTest.showsMeanAbove(mean, coins(random, count, mean), 0, 1, 0.05))
                .count();

        assertThat(errors).isLessThanOrEqualTo(2000 / 20 + 25); // three standard deviations of 2000 trials at 5 %
    }

    @Test
    void showsMeanAbove_farFromTheMean_isFoundOut() {
        var random = new SplittableRandom(2);
        long shown = IntStream.range(0, 200)
                .filter(i -> BettingTest.showsMeanAbove(0.8, coins(random, 200, 0.95), 0, 1, 0.05))
                .count();

        assertThat(shown).isGreaterThan(190);
    }

    @Test
    void showsMeanAbove_faultlessNumbers_needsAsManyAsAnyExactTestOrMore() {
        // 0.95^58 > 0.05 > 0.95^59: with fewer than 59 no test can know
        assertThat(BettingTest.showsMeanAbove(0.95, ones(58), 0, 1, 0.05)).isFalse();
        assertThat(BettingTest.showsMeanAbove(0.95, ones(100), 0, 1, 0.05)).isTrue();
    }

    @Test
    void showsMeanAbove_otherScale_saysTheSame() {
        var random = new SplittableRandom(3);
        for (int trial = 0; trial < 100; trial++) {
            double[] values = coins(random, 60, 0.9);
            double[] wider = Arrays.stream(values).map(value -> 20 * value - 8).toArray();

            assertThat(BettingTest.showsMeanAbove(20 * 0.8 - 8, wider, -8, 12, 0.05))
                    .isEqualTo(BettingTest.showsMeanAbove(0.8, values, 0, 1, 0.05));
        }
    }

    @Test
    void showsMeanAbove_noNumbers_showsNothing() {
        assertThat(BettingTest.showsMeanAbove(0.1, new double[0], 0, 1, 0.05)).isFalse();
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] coins(SplittableRandom random, int count, double mean) {
        return random.doubles(count).map(u -> u < mean ? 1 : 0).toArray();
    }
}
