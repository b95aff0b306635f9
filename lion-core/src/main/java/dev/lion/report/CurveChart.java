package dev.lion.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Shares against shares: lines over a numeric axis, with the interval of each point as a band, and two marks.
 *
 * @param report what is drawn
 */
record CurveChart(CurveReport report) {
    private static final double WIDTH = 960;
    private static final double HEIGHT = 420;
    private static final double LEFT = 58;
    private static final double RIGHT = 150;
    private static final double TOP = 26;
    private static final double BOTTOM = 46;
    private static final double LABEL_HEIGHT = 20;

    Element render() {
        Element svg = Svg.chart("curve-chart", report.claim(), description(), WIDTH, HEIGHT);
        Axis vertical = vertical();
        drawAxes(svg, vertical);
        report.curves().forEach(curve -> drawBand(svg, vertical, curve));
        report.curves().forEach(curve -> drawLine(svg, vertical, curve));
        drawWanted(svg, vertical);
        drawChosen(svg, vertical);
        drawLabels(svg, vertical);
        return svg;
    }

    private String description() {
        return report.curves().stream()
                .map(curve -> curve.label() + ": from " + words(curve.points().get(0)) + " to " + words(last(curve)))
                .collect(Collectors.joining(". "));
    }

    private static String words(CurveReport.Point point) {
        return Figures.percent(point.y()) + " at " + Figures.percent(point.x());
    }

    private Axis vertical() {
        double low = report.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(CurveReport.Point::low)
                .min()
                .orElse(0);
        double high = report.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(CurveReport.Point::y)
                .max()
                .orElse(1);
        return Axis.covering(Math.min(low, report.wanted()), Math.max(high, report.wanted()), 5);
    }

    private void drawAxes(Element svg, Axis vertical) {
        for (double tick : vertical.ticks()) {
            double y = y(vertical, tick);
            svg.add(Svg.line("grid", LEFT, y, WIDTH - RIGHT, y));
            svg.add(Svg.text("tick", LEFT - 8, y + 4, "end", Figures.wholePercent(tick)));
        }
        for (double tick : new Axis(0, 1, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0)).ticks()) {
            svg.add(Svg.text("tick", x(tick), HEIGHT - BOTTOM + 18, "middle", Figures.wholePercent(tick)));
        }
        svg.add(Svg.text("axis", LEFT, TOP - 12, "start", report.vertical()));
        svg.add(Svg.text("axis", x(0.5), HEIGHT - 6, "middle", report.horizontal()));
    }

    private void drawBand(Element svg, Axis vertical, CurveReport.Curve curve) {
        for (CurveReport.Point point : curve.points()) {
            if (point.high() > point.low()) {
                double x = x(point.x());
                svg.add(Svg.line(
                        "whisker " + curve.tone(),
                        x,
                        y(vertical, point.low()),
                        x,
                        y(vertical, Math.min(point.high(), vertical.max()))));
            }
        }
    }

    private void drawLine(Element svg, Axis vertical, CurveReport.Curve curve) {
        StringBuilder path = new StringBuilder();
        curve.points().forEach(point -> Svg.append(path, x(point.x()), y(vertical, point.y())));
        svg.add(Svg.path("line " + curve.tone(), path));
    }

    private void drawWanted(Element svg, Axis vertical) {
        double y = y(vertical, report.wanted());
        svg.add(Svg.line("boundary", LEFT, y, WIDTH - RIGHT, y));
        svg.add(Svg.text("tick", LEFT + 6, y - 5, "start", "wanted " + Figures.tick(report.wanted() * 100) + "%"));
    }

    private void drawChosen(Element svg, Axis vertical) {
        report.chosen().ifPresent(chosen -> {
            svg.add(Svg.line("boundary", x(chosen.x()), TOP, x(chosen.x()), HEIGHT - BOTTOM));
            svg.add(Svg.hint(
                    Element.of("circle", "dot ink")
                            .with("cx", x(chosen.x()))
                            .with("cy", y(vertical, chosen.y()))
                            .with("r", 5),
                    words(chosen)));
            svg.add(Svg.text("value ink", x(chosen.x()) + 8, HEIGHT - BOTTOM - 10, "start", words(chosen)));
        });
    }

    private void drawLabels(Element svg, Axis vertical) {
        List<CurveReport.Curve> byHeight = report.curves().stream()
                .sorted((a, b) -> Double.compare(last(b).y(), last(a).y()))
                .toList();
        double next = TOP;
        double lowest = HEIGHT - BOTTOM - LABEL_HEIGHT * byHeight.size();
        for (CurveReport.Curve curve : byHeight) {
            double at = Math.max(next, Math.min(y(vertical, last(curve).y()) + 4, lowest));
            svg.add(Svg.text("name " + curve.tone(), WIDTH - RIGHT + 10, at, "start", curve.label()));
            next = at + LABEL_HEIGHT;
            lowest += LABEL_HEIGHT;
        }
    }

    private static CurveReport.Point last(CurveReport.Curve curve) {
        return curve.points().get(curve.points().size() - 1);
    }

    private static double x(double share) {
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
    }
}
