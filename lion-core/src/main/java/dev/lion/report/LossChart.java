package dev.lion.report;

import dev.lion.data.ImitationSummary.LossPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The loss over the steps of all imitations, end to end in one panel: every step faint, its running mean strong, a rule
 * where a new imitation begins.
 */
final class LossChart {
    private static final double LEFT = 38;
    private static final double RIGHT = 16;
    private static final double TOP = 26;
    private static final double BOTTOM = 38;
    /** Widths from which an imitation's full name, its number, and its last value fit. */
    private static final double NAMED = 76;

    private static final double NUMBERED = 16;
    private static final double VALUED = 44;
    private static final int MOST_BUCKETS = 400;

    /** The steps of one imitation, those with a finite loss. */
    record Imitation(int iteration, List<LossPoint> points) {
        double steps() {
            return points.stream().mapToDouble(LossPoint::step).max().orElse(0);
        }
    }

    private final String id;
    private final String title;
    private final double width;
    private final double height;
    private final List<Imitation> imitations;
    private final Axis steps;
    private final Axis losses;

    /** A chart of imitations that have at least one point between them. */
    LossChart(String id, String title, double width, double height, List<Imitation> imitations) {
        this.id = id;
        this.title = title;
        this.width = width;
        this.height = height;
        this.imitations = imitations;
        this.steps =
                Axis.within(0, imitations.stream().mapToDouble(Imitation::steps).sum(), width > 600 ? 10 : 4);
        this.losses = lossAxis();
    }

    private Axis lossAxis() {
        var range = imitations.stream()
                .flatMap(i -> i.points().stream())
                .mapToDouble(LossPoint::loss)
                .summaryStatistics();
        boolean fromZero = range.getMin() >= 0 && range.getMin() < range.getMax() / 2;
        return Axis.covering(fromZero ? 0 : range.getMin(), range.getMax(), 5);
    }

    Element render() {
        Element svg = Svg.chart(id, title, description(), width, height);
        for (double tick : losses.ticks()) {
            svg.add(Svg.line("grid", LEFT, y(tick), width - RIGHT, y(tick)));
            svg.add(Svg.text("tick", LEFT - 6, y(tick) + 4, "end", Figures.tick(tick)));
        }
        for (double tick : steps.ticks()) {
            svg.add(Svg.text("tick", x(tick), height - BOTTOM + 16, "middle", Figures.tick(tick)));
        }
        svg.add(Svg.text("axis", (LEFT + width - RIGHT) / 2, height - 6, "middle", "training steps, all imitations"));
        double offset = 0;
        for (Imitation imitation : imitations) {
            draw(svg, imitation, offset);
            offset += imitation.steps();
        }
        return svg;
    }

    private String description() {
        return imitations.stream()
                .filter(i -> !i.points().isEmpty())
                .map(i -> {
                    List<Double> smooth = smoothed(i.points());
                    return "Iteration " + i.iteration() + ": running mean from " + Figures.score(smooth.get(0)) + " to "
                            + Figures.score(smooth.get(smooth.size() - 1)) + " over "
                            + Figures.count((long) i.steps(), "step");
                })
                .collect(Collectors.joining(". "));
    }

    private void draw(Element svg, Imitation imitation, double offset) {
        double from = x(offset);
        double to = x(offset + imitation.steps());
        svg.add(Svg.line("boundary", from, TOP - 16, from, height - BOTTOM));
        String name = (narrowest() > NAMED ? "iteration " : "") + imitation.iteration();
        if (to - from > NUMBERED) {
            svg.add(Svg.text("name", from + 5, TOP - 7, "start", name));
        }
        List<LossPoint> points = imitation.points();
        if (points.isEmpty()) {
            return;
        }
        List<Double> smooth = smoothed(points);
        svg.add(Svg.path("raw", rawPath(points, offset)));
        svg.add(Svg.path("line student", smoothPath(points, smooth, offset)));
        double last = smooth.get(smooth.size() - 1);
        if (to - from > VALUED) {
            svg.add(Svg.text("value student", to - 4, y(last) - 10, "end", Figures.score(last)));
        }
    }

    private double narrowest() {
        return imitations.stream()
                .mapToDouble(i -> x(i.steps()) - x(0))
                .filter(space -> space > 0)
                .min()
                .orElse(0);
    }

    /** In every bucket of steps the lowest and the highest loss, so that no spike is lost. */
    private StringBuilder rawPath(List<LossPoint> points, double offset) {
        StringBuilder path = new StringBuilder();
        int size = bucketSize(points);
        for (int i = 0; i < points.size(); i += size) {
            List<LossPoint> bucket = points.subList(i, Math.min(i + size, points.size()));
            var range = bucket.stream().mapToDouble(LossPoint::loss).summaryStatistics();
            double at = x(offset + bucket.get(0).step());
            Svg.append(path, at, y(range.getMax()));
            if (range.getMin() < range.getMax()) {
                Svg.append(path, at, y(range.getMin()));
            }
        }
        return path;
    }

    private StringBuilder smoothPath(List<LossPoint> points, List<Double> smooth, double offset) {
        StringBuilder path = new StringBuilder();
        int size = bucketSize(points);
        for (int i = 0; i < points.size(); i++) {
            if (i % size == 0 || i == points.size() - 1) {
                Svg.append(path, x(offset + points.get(i).step()), y(smooth.get(i)));
            }
        }
        return path;
    }

    private static int bucketSize(List<LossPoint> points) {
        return (points.size() + MOST_BUCKETS - 1) / MOST_BUCKETS;
    }

    /** Mean over the steps around each one, a twentieth of the imitation in all; the window is narrower at the ends. */
    private static List<Double> smoothed(List<LossPoint> points) {
        double[] sums = new double[points.size() + 1];
        for (int i = 0; i < points.size(); i++) {
            sums[i + 1] = sums[i] + points.get(i).loss();
        }
        int reach = points.size() / 40;
        List<Double> means = new ArrayList<>(points.size());
        for (int i = 0; i < points.size(); i++) {
            int from = Math.max(0, i - reach);
            int to = Math.min(points.size(), i + reach + 1);
            means.add((sums[to] - sums[from]) / (to - from));
        }
        return means;
    }

    private double x(double step) {
        return LEFT + steps.place(step) * (width - LEFT - RIGHT);
    }

    private double y(double loss) {
        return height - BOTTOM - losses.place(loss) * (height - TOP - BOTTOM);
    }
}
