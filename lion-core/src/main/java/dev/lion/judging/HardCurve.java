package dev.lion.judging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How likely an instruction is hard, and what gap to expect, given one figure that is known of it: read off from
 * instructions of which the outcome is known as well, in bins of that figure. Bins, because noise and the effect of the
 * position differ between the middle and the ends of the referee's scale.
 */
final class HardCurve {
    /** Enough that a share is known to about ten points; equal figures are never parted. */
    private static final int LEAST_IN_BIN = 25;

    private final List<Bin> bins;

    private HardCurve(List<Bin> bins) {
        this.bins = bins;
    }

    /**
     * An instruction of which all is known.
     *
     * @param value the figure
     * @param gap the gap in the end; the figure itself when there is none
     * @param hard whether it was hard in the end
     */
    record Point(double value, double gap, boolean hard) {}

    /** Points with neighbouring figures, the highest of which is {@code last}. */
    private record Bin(double last, int size, int hard, double correction) {
        static Bin of(List<Point> points) {
            return new Bin(
                    points.get(points.size() - 1).value(),
                    points.size(),
                    (int) points.stream().filter(Point::hard).count(),
                    points.stream()
                            .mapToDouble(p -> p.gap() - p.value())
                            .average()
                            .orElse(0));
        }

        // half a hit and half a miss are added, so that no share of a small bin is taken for certain
        double hardShare() {
            return (hard + 0.5) / (size + 1.0);
        }
    }

    static HardCurve of(List<Point> points) {
        List<Point> ascending =
                points.stream().sorted(Comparator.comparingDouble(Point::value)).toList();
        List<Bin> bins = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= ascending.size(); end++) {
            boolean whole = end == ascending.size()
                    || (end - start >= LEAST_IN_BIN
                            && ascending.size() - end >= LEAST_IN_BIN
                            && ascending.get(end).value()
                                    > ascending.get(end - 1).value());
            if (whole) {
                bins.add(Bin.of(ascending.subList(start, end)));
                start = end;
            }
        }
        return new HardCurve(List.copyOf(bins));
    }

    /** The probability of being hard; one half where nothing is known. */
    double hardShare(double value) {
        return bins.isEmpty() ? 0.5 : bin(value).hardShare();
    }

    /** The gap to expect, from −9 to 9, of an instruction whose figure is the gap in one order. */
    double gap(double value) {
        double corrected = bins.isEmpty() ? value : value + bin(value).correction();
        return Math.max(-9, Math.min(9, corrected));
    }

    private Bin bin(double value) {
        int low = 0;
        int high = bins.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (value <= bins.get(middle).last()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return bins.get(low);
    }
}
