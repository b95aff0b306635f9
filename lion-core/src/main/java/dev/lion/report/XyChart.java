package dev.lion.report;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Values over a number: strong lines with a mark of its own shape at each point, and faint ones behind.
 *
 * @param id unique within the page
 * @param title what is shown, with its unit
 * @param horizontal the name of the horizontal axis
 * @param across the horizontal axis
 * @param up the vertical axis
 * @param acrossFormat how horizontal places are written
 * @param upFormat how values are written
 * @param series the lines, the most important first
 */
record XyChart(
        String id,
        String title,
        String horizontal,
        Axis across,
        Axis up,
        DoubleFunction<String> acrossFormat,
        DoubleFunction<String> upFormat,
        List<Series> series) {
    private static final double WIDTH = 400;
    private static final double HEIGHT = 262;
    private static final double LEFT = 44;
    private static final double RIGHT = 16;
    private static final double TOP = 12;
    private static final double BOTTOM = 42;

    /** Shapes of the marks, drawn around zero. */
    private static final List<String> SHAPES = List.of(
            "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0Z",
            "M-3.6 -3.6H3.6V3.6H-3.6Z",
            "M0 -5L4.6 3.6H-4.6Z",
            "M0 -5.4L4.6 0L0 5.4L-4.6 0Z");

    /**
     * One line.
     *
     * @param label its name
     * @param tone a class of the stylesheet: colour and dashes
     * @param shape which mark it has, from 0; faint lines have none
     * @param faint whether it is one of those behind
     */
    record Series(String label, String tone, int shape, boolean faint, List<Point> points) {
        Series {
            points = List.copyOf(points);
        }
    }

    /** A place with the interval that its height lies in; both ends are the height where there is none. */
    record Point(double x, double y, double low, double high) {
        static Point of(double x, double y) {
            return new Point(x, y, y, y);
        }

        static Point of(double x, Spread spread) {
            return new Point(x, spread.mean(), spread.low(), spread.high());
        }
    }

    Element render() {
        Element svg = Svg.chart(id, title, description(), WIDTH, HEIGHT);
        drawAxes(svg);
        series.stream().filter(Series::faint).forEach(one -> drawLine(svg, one));
        series.stream().filter(one -> !one.faint()).forEach(one -> {
            drawIntervals(svg, one);
            drawLine(svg, one);
            drawMarks(svg, one);
        });
        return svg;
    }

    /** The mark and the dashes of a line, for the key of a chart. */
    static Element swatch(Series one) {
        return Element.of("svg", "sample-line")
                .with("aria-hidden", "true")
                .with("width", 34)
                .with("height", 12)
                .add(Svg.line("line " + one.tone(), 1, 6, 33, 6))
                .add(mark(one, 17, 6));
    }

    private String description() {
        return series.stream()
                .filter(one -> !one.faint())
                .map(one -> one.label() + ": "
                        + one.points().stream().map(this::words).collect(Collectors.joining("; ")))
                .collect(Collectors.joining(". "));
    }

    private String words(Point point) {
        return upFormat.apply(point.y()) + " at " + acrossFormat.apply(point.x());
    }

    private void drawAxes(Element svg) {
        for (double tick : up.ticks()) {
            svg.add(Svg.line("grid", LEFT, y(tick), WIDTH - RIGHT, y(tick)));
            svg.add(Svg.text("tick", LEFT - 7, y(tick) + 4, "end", upFormat.apply(tick)));
        }
        for (double tick : across.ticks()) {
            svg.add(Svg.text("tick", x(tick), HEIGHT - BOTTOM + 18, "middle", acrossFormat.apply(tick)));
        }
        svg.add(Svg.text("axis", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "middle", horizontal));
    }

    private void drawIntervals(Element svg, Series one) {
        one.points().stream()
                .filter(p -> p.high() > p.low())
                .forEach(p -> svg.add(Svg.line(
                        "whisker " + one.tone(),
                        x(p.x()),
                        y(Math.max(p.low(), up.min())),
                        x(p.x()),
                        y(Math.min(p.high(), up.max())))));
    }

    private void drawLine(Element svg, Series one) {
        StringBuilder path = new StringBuilder();
        one.points().forEach(p -> Svg.append(path, x(p.x()), y(p.y())));
        if (one.points().size() > 1) {
            svg.add(Svg.path("line " + one.tone() + (one.faint() ? " behind" : ""), path));
        } else if (one.faint()) {
            one.points()
                    .forEach(p -> svg.add(Element.of("circle", "seed")
                            .with("cx", x(p.x()))
                            .with("cy", y(p.y()))
                            .with("r", 3)));
        }
    }

    private void drawMarks(Element svg, Series one) {
        one.points().forEach(p -> svg.add(Svg.hint(mark(one, x(p.x()), y(p.y())), one.label() + ": " + words(p))));
    }

    private static Element mark(Series one, double x, double y) {
        return Svg.path("mark " + one.tone(), SHAPES.get(one.shape() % SHAPES.size()))
                .with("transform", "translate(" + Figures.coordinate(x) + " " + Figures.coordinate(y) + ")");
    }

    /** The axis that covers all heights of some lines, with their intervals as far as they are near. */
    static Axis heights(List<Series> lines) {
        var range = lines.stream()
                .flatMap(one -> one.points().stream())
                .flatMap(p -> Stream.of(p.y(), Math.max(p.low(), 0), Math.min(p.high(), 1)))
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        return range.getCount() == 0 ? Axis.covering(0, 1, 4) : Axis.covering(range.getMin(), range.getMax(), 4);
    }

    private double x(double value) {
        return LEFT + 10 + across.place(value) * (WIDTH - LEFT - RIGHT - 20);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - up.place(value) * (HEIGHT - TOP - BOTTOM);
    }
}
