package dev.lion.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The percentile bootstrap (Efron 1979) with strata: each stratum is drawn anew from itself, so that the size of every task
 * stays what it is. With one seed and one sample the interval is the same.
 */
final class Bootstrap {
    static final int RESAMPLES = 2000;

    private static final double TAIL = 0.025;

    private Bootstrap() {}

    /**
     * What a statistic is on the sample, and its 95 % interval over {@value #RESAMPLES} samples drawn from it.
     *
     * @param strata none of them empty
     */
    static <T> Estimate of(List<List<T>> strata, ToDoubleFunction<List<List<T>>> statistic, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] found = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            found[i] = statistic.applyAsDouble(
                    strata.stream().map(stratum -> drawn(stratum, random)).toList());
        }
        Arrays.sort(found);
        int tail = (int) (TAIL * RESAMPLES);
        double value = statistic.applyAsDouble(strata);
        return new Estimate(value, Math.min(value, found[tail]), Math.max(value, found[RESAMPLES - 1 - tail]));
    }

    private static <T> List<T> drawn(List<T> stratum, SplittableRandom random) {
        List<T> drawn = new ArrayList<>(stratum.size());
        for (int i = 0; i < stratum.size(); i++) {
            drawn.add(stratum.get(random.nextInt(stratum.size())));
        }
        return drawn;
    }
}
