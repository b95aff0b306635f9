package dev.lion.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * Values by iteration: one line for each series, named at its end, with the first and the last value written out.
 *
 * @param id unique within the page
 * @param title what is shown, with its unit
 * @param iterations the range of the horizontal axis, in order, at least one
 * @param axis the vertical axis
 * @param format how values are written
 * @param series the lines, the most important first
 */
record LineChart(
        String id,
        String title,
        List<Integer> iterations,
        Axis axis,
        DoubleFunction<String> format,
        List<Series> series) {
    private static final double WIDTH = 340;
    private static final double HEIGHT = 224;
    private static final double LEFT = 38;
    private static final double RIGHT = 82;
    private static final double TOP = 18;
    private static final double BOTTOM = 38;
    private static final double LABEL_HEIGHT = 30;
    private static final int MOST_MARKS = 6;

    /**
     * One line.
     *
     * @param label its name, short
     * @param tone its colour, a class of the stylesheet
     */
    record Series(String label, String tone, List<Point> points) {}

    /** A value with the interval it may lie in; both ends equal the value when there is none. */
    record Point(int iteration, double value, double low, double high) {
        static Point of(int iteration, double value) {
            return new Point(iteration, value, value, value);
        }
    }

    Element render() {
        Element svg = Svg.chart(id, title, description(), WIDTH, HEIGHT);
        drawAxes(svg);
        for (int i = series.size() - 1; i >= 0; i--) {
            drawLine(svg, series.get(i));
        }
        drawFirstValues(svg);
        drawEndLabels(svg);
        return svg;
    }

    private String description() {
        return series.stream()
                .map(s -> s.label() + ": "
                        + s.points().stream()
                                .map(p -> "iteration " + p.iteration() + ", " + format.apply(p.value()))
                                .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(". "));
    }

    private void drawAxes(Element svg) {
        for (double tick : axis.ticks()) {
            svg.add(Svg.line("grid", LEFT, y(tick), WIDTH - RIGHT, y(tick)));
            svg.add(Svg.text(
                    "tick", LEFT - 6, y(tick) + 4, "end", format.apply(tick).replaceFirst("\\.0+(?=%|$)", "")));
        }
        int every = (iterations.size() + MOST_MARKS - 1) / MOST_MARKS;
        for (int i = 0; i < iterations.size(); i += every) {
            String mark = Integer.toString(iterations.get(i));
            svg.add(Svg.text("tick", x(iterations.get(i)), HEIGHT - BOTTOM + 16, "middle", mark));
        }
        svg.add(Svg.text("axis", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "middle", "iteration"));
    }

    private void drawLine(Element svg, Series one) {
        StringBuilder path = new StringBuilder();
        one.points().forEach(p -> Svg.append(path, x(p.iteration()), y(p.value())));
        for (Point p : one.points()) {
            if (p.high() > p.low()) {
                svg.add(Svg.line("whisker " + one.tone(), x(p.iteration()), y(p.low()), x(p.iteration()), y(p.high())));
            }
        }
        svg.add(Svg.path("line " + one.tone(), path));
        one.points()
                .forEach(p -> svg.add(Svg.hint(
                        Element.of("circle", "dot " + one.tone())
                                .with("cx", x(p.iteration()))
                                .with("cy", y(p.value()))
                                .with("r", 3.5),
                        one.label() + ", iteration " + p.iteration() + ": " + format.apply(p.value()))));
    }

    private void drawFirstValues(Element svg) {
        List<Double> taken = new ArrayList<>();
        for (Series one : series) {
            Point first = one.points().get(0);
            double at = rises(one) ? y(first.low()) + 17 : y(first.high()) - 9;
            if (one.points().size() > 1 && taken.stream().noneMatch(other -> Math.abs(other - at) < 14)) {
                svg.add(Svg.text(
                        "value " + one.tone(), x(first.iteration()), at, "middle", format.apply(first.value())));
                taken.add(at);
            }
        }
    }

    /** Whether the line leaves its first point upwards, where the value above the point would be in its way. */
    private static boolean rises(Series one) {
        return one.points().size() > 1
                && one.points().get(1).value() > one.points().get(0).value();
    }

    private void drawEndLabels(Element svg) {
        List<Series> byHeight = series.stream()
                .sorted(Comparator.comparingDouble(s -> y(last(s).value())))
                .toList();
        double lowest = HEIGHT - BOTTOM - LABEL_HEIGHT * (byHeight.size() - 1);
        double next = TOP;
        for (Series one : byHeight) {
            double at = Math.max(next, Math.min(y(last(one).value()), lowest));
            svg.add(Svg.text(
                    "value " + one.tone(),
                    WIDTH - RIGHT + 10,
                    at + 1,
                    "start",
                    format.apply(last(one).value())));
            svg.add(Svg.text("name " + one.tone(), WIDTH - RIGHT + 10, at + 14, "start", one.label()));
            next = at + LABEL_HEIGHT;
            lowest += LABEL_HEIGHT;
        }
    }

    private static Point last(Series series) {
        return series.points().get(series.points().size() - 1);
    }

    private double x(int iteration) {
        double low = iterations.get(0);
        double high = iterations.get(iterations.size() - 1);
        double share = high > low ? (iteration - low) / (high - low) : 0.5;
        return LEFT + 26 + share * (WIDTH - LEFT - RIGHT - 32);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
    }
}
