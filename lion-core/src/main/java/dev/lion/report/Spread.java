package dev.lion.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The mean of figures from several seeds, and how far it may be off.
 *
 * @param count how many figures
 * @param mean of them
 * @param half half the width of the mean's 95 % interval by Student's t; empty where there are fewer than two figures
 */
record Spread(int count, double mean, OptionalDouble half) {
    /** Student's t at 97.5 %, by degrees of freedom from 1. */
    private static final double[] T = {
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448,
        2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484,
        2.0452, 2.0423
    };

    private static final double Z = 1.959964;

    /** The spread of at least one figure. */
    static Spread of(List<Double> figures) {
        int n = figures.size();
        if (n == 0) {
            throw new IllegalArgumentException("there is no mean of nothing");
        }
        double mean = figures.stream().mapToDouble(Double::doubleValue).sum() / n;
        if (n == 1) {
            return new Spread(n, mean, OptionalDouble.empty());
        }
        double squares =
                figures.stream().mapToDouble(f -> (f - mean) * (f - mean)).sum();
        return new Spread(n, mean, OptionalDouble.of(t(n - 1) * Math.sqrt(squares / (n - 1) / n)));
    }

    private static double t(int freedom) {
        return freedom <= T.length ? T[freedom - 1] : Z + (Z * Z * Z + Z) / (4 * freedom);
    }

    double low() {
        return mean - half.orElse(0);
    }

    double high() {
        return mean + half.orElse(0);
    }

    /** A share as {@code 63.2% ±2.1}. */
    String percent() {
        String margin = half.isPresent() ? String.format(Locale.ROOT, " \u00b1%.1f", half.getAsDouble() * 100) : "";
        return Figures.percent(mean) + margin;
    }
}
