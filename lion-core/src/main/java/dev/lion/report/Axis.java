package dev.lion.report;

import java.util.List;
import java.util.stream.IntStream;

/** A scale with round marks that covers a range. */
record Axis(double min, double max, List<Double> ticks) {
    Axis {
        ticks = List.copyOf(ticks);
    }

    /** About {@code marks} intervals of 1, 2 or 5 times a power of ten, from at most {@code low} to at least {@code high}. */
    static Axis covering(double low, double high, int marks) {
        double span = high - low > 1e-9 ? high - low : 1;
        double step = roundStep(span / marks);
        long first = (long) Math.floor(low / step + 1e-9);
        long last = Math.max((long) Math.ceil(high / step - 1e-9), first + 1);
        List<Double> ticks = IntStream.rangeClosed(0, (int) (last - first))
                .mapToObj(i -> (first + i) * step)
                .toList();
        return new Axis(first * step, last * step, ticks);
    }

    /** From {@code low} to {@code high} exactly, with a mark at every multiple of a round step in between. */
    static Axis within(double low, double high, int marks) {
        Axis wider = covering(low, high, marks);
        List<Double> inside = wider.ticks.stream()
                .filter(tick -> tick >= low - 1e-9 && tick <= high + 1e-9)
                .toList();
        return new Axis(low, high, inside);
    }

    /** Where a value lies, 0 at the low end and 1 at the high end. */
    double place(double value) {
        return max == min ? 0.5 : (value - min) / (max - min);
    }

    private static double roundStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double ratio = rough / power;
        if (ratio <= 1.0001) {
            return power;
        }
        return ratio <= 2.0001 ? 2 * power : ratio <= 5.0001 ? 5 * power : 10 * power;
    }
}
