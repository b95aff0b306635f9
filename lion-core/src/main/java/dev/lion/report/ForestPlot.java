package dev.lion.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Differences on one scale around zero, a row for each: dots, their mean, and the mean's interval. As wide as the page; the
 * text keeps its size.
 *
 * @param id unique within the page
 * @param title what is shown
 * @param rows from the top
 */
record ForestPlot(String id, String title, List<Row> rows) {
    private static final double ROW_HEIGHT = 38;
    private static final double MIDDLE = ROW_HEIGHT / 2;
    private static final double AXIS_HEIGHT = 24;
    /** How far dots of like value are moved apart. */
    private static final double JITTER = 5;

    /** Per cent of the width left free at either side, for dots at the ends. */
    private static final double MARGIN = 2;

    /** Share of the range within which two dots would hide each other. */
    private static final double NEAR = 0.012;

    /**
     * One difference of means.
     *
     * @param label what is compared, a line
     */
    record Row(Element label, List<Dot> dots, double mean, Optional<Interval> interval) {
        boolean isClear() {
            return interval.filter(i -> i.low() > 0 || i.high() < 0).isPresent();
        }

        private DoubleStream values() {
            return DoubleStream.concat(
                    dots.stream().mapToDouble(Dot::value),
                    interval.map(i -> DoubleStream.of(mean, i.low(), i.high())).orElse(DoubleStream.of(mean)));
        }

        private String description() {
            String seeds = dots.stream()
                    .map(dot -> dot.name() + " " + Figures.signed(dot.value() * 100, 1))
                    .collect(Collectors.joining(", "));
            return "mean " + words() + "; " + seeds;
        }

        String words() {
            return Figures.signed(mean * 100, 1)
                    + interval.map(i -> " (" + Differences.range(i) + ")").orElse(", no interval");
        }
    }

    /** One seed's difference. */
    record Dot(String name, double value) {}

    Element render() {
        Axis axis = axis();
        Element plot = Element.of("div", "forest");
        for (int i = 0; i < rows.size(); i++) {
            plot.add(draw(axis, rows.get(i), id + "-" + i));
        }
        return plot.add(scale(axis));
    }

    private static Element scale(Axis axis) {
        Element svg = Element.of("svg")
                .with("aria-hidden", "true")
                .with("width", "100%")
                .with("height", AXIS_HEIGHT);
        for (double tick : axis.ticks()) {
            svg.add(Svg.text("tick", 0, 16, "middle", Figures.signed(tick * 100, decimals(axis)))
                    .with("x", percent(axis, tick)));
        }
        return svg;
    }

    private Axis axis() {
        double low = rows.stream().flatMapToDouble(Row::values).min().orElse(0);
        double high = rows.stream().flatMapToDouble(Row::values).max().orElse(0);
        return Axis.covering(Math.min(low, 0), Math.max(high, 0), 6);
    }

    private static int decimals(Axis axis) {
        return axis.max() - axis.min() < 0.05 ? 1 : 0;
    }

    private Element draw(Axis axis, Row row, String rowId) {
        Element svg = Svg.fluid(rowId, title, row.description(), ROW_HEIGHT);
        for (double tick : axis.ticks()) {
            String at = percent(axis, tick);
            svg.add(Svg.line(Math.abs(tick) < 1e-9 ? "zero" : "grid", 0, 0, 0, ROW_HEIGHT)
                    .with("x1", at)
                    .with("x2", at));
        }
        row.interval()
                .ifPresent(i -> svg.add(Svg.line("whisker student", 0, MIDDLE, 0, MIDDLE)
                        .with("x1", percent(axis, i.low()))
                        .with("x2", percent(axis, i.high()))));
        for (int i = 0; i < row.dots().size(); i++) {
            svg.add(dot(axis, row.dots(), i));
        }
        Element head =
                Element.of("p", "row-head").add(row.label(), Element.of("b").text(row.words()));
        return Element.of("div", "forest-row").add(head, svg.add(diamond(axis, row)));
    }

    private static Element dot(Axis axis, List<Dot> dots, int index) {
        Dot dot = dots.get(index);
        double range = axis.max() - axis.min();
        long hidden = dots.subList(0, index).stream()
                .filter(other -> Math.abs(other.value() - dot.value()) < NEAR * range)
                .count();
        long steps = (hidden + 1) / 2;
        double away = JITTER * (hidden % 2 == 0 ? steps : -steps);
        return Svg.hint(
                Element.of("circle", "seed")
                        .with("cx", percent(axis, dot.value()))
                        .with("cy", MIDDLE + away)
                        .with("r", 4),
                dot.name() + ": " + Figures.signed(dot.value() * 100, 1));
    }

    /** Drawn around zero in a place of its own, since a path knows no per cent. */
    private static Element diamond(Axis axis, Row row) {
        Element place = Element.of("svg", "place")
                .with("x", percent(axis, row.mean()))
                .with("y", MIDDLE)
                .with("width", 1)
                .with("height", 1);
        Element shape = Svg.path("mean" + (row.isClear() ? " clear" : ""), "M0 -8L7 0L0 8L-7 0Z");
        return place.add(Svg.hint(shape, "mean " + row.words()));
    }

    private static String percent(Axis axis, double value) {
        return Figures.coordinate(MARGIN + (100 - 2 * MARGIN) * axis.place(value)) + "%";
    }
}
