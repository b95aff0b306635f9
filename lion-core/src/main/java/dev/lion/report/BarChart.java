package dev.lion.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * Horizontal bars on one scale, each a row of segments. As wide as the page; the text keeps its size.
 *
 * @param id unique within the page
 * @param title what is shown, with its unit
 * @param format how values are written
 * @param rows from the top
 */
record BarChart(String id, String title, DoubleFunction<String> format, List<Row> rows) {
    private static final double ROW_HEIGHT = 46;
    private static final double BAR_TOP = 20;
    private static final double BAR_HEIGHT = 18;
    /** The width, in pixels, on which a segment's text must still fit: a small telephone's. */
    private static final double NARROWEST = 320;

    private static final double CHARACTER = 7.2;

    /** A bar with its name and the words at its end. */
    record Row(String label, String total, List<Segment> segments) {
        double sum() {
            return segments.stream().mapToDouble(Segment::value).sum();
        }
    }

    /**
     * A part of a bar.
     *
     * @param label what it counts
     * @param value zero or more
     * @param tone its colour, a class of the stylesheet
     */
    record Segment(String label, double value, String tone) {}

    /** The chart under a key of its colours; the key is left out when no bar has segments. */
    Element render() {
        Element figure = Element.of("div", "bars");
        if (isStacked()) {
            figure.add(key(kinds()));
        }
        Element svg = Svg.fluid(id, title, description(), rows.size() * ROW_HEIGHT);
        double longest = rows.stream().mapToDouble(Row::sum).max().orElse(0);
        for (int i = 0; i < rows.size(); i++) {
            draw(svg, rows.get(i), i * ROW_HEIGHT, longest);
        }
        return figure.add(svg);
    }

    /** What is counted and its colour, in the order of the segments, without those that are zero everywhere. */
    private Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        List<Segment> all =
                rows.stream().flatMap(row -> row.segments().stream()).toList();
        all.forEach(segment -> kinds.put(segment.label(), segment.tone()));
        kinds.keySet().removeIf(label -> all.stream().noneMatch(s -> s.label().equals(label) && s.value() > 0));
        return kinds;
    }

    private static Element key(Map<String, String> kinds) {
        Element key = Element.of("p", "key").with("aria-hidden", "true");
        kinds.forEach(
                (label, tone) -> key.add(Element.of("span", "swatch " + tone).text(label)));
        return key;
    }

    private boolean isStacked() {
        return rows.stream().anyMatch(row -> row.segments().size() > 1);
    }

    private String description() {
        return rows.stream()
                .map(row -> row.label() + ": "
                        + row.segments().stream()
                                .map(s -> s.label() + " " + format.apply(s.value()))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private void draw(Element svg, Row row, double top, double longest) {
        svg.add(Svg.text("label", 0, top + 13, "start", row.label()));
        svg.add(Svg.text("total", 0, top + 13, "end", row.total()).with("x", "100%"));
        svg.add(Element.of("rect", "track")
                .with("x", 0)
                .with("y", top + BAR_TOP)
                .with("width", "100%")
                .with("height", BAR_HEIGHT));
        double from = 0;
        for (Segment segment : row.segments()) {
            if (segment.value() > 0) {
                double width = 100 * segment.value() / longest;
                draw(svg, segment, top + BAR_TOP, from, width);
                from += width;
            }
        }
    }

    private void draw(Element svg, Segment segment, double top, double from, double width) {
        String value = format.apply(segment.value());
        svg.add(Svg.hint(
                Element.of("rect", "bar " + segment.tone())
                        .with("x", percent(from))
                        .with("y", top)
                        .with("width", percent(width))
                        .with("height", BAR_HEIGHT),
                segment.label() + ": " + value));
        svg.add(Svg.line("texture " + segment.tone(), 0, top + BAR_HEIGHT / 2, 0, top + BAR_HEIGHT / 2)
                .with("x1", percent(from))
                .with("x2", percent(from + width)));
        if (isStacked() && width / 100 * NARROWEST > value.length() * CHARACTER) {
            svg.add(Svg.text("inside " + segment.tone(), 0, top + 13, "middle", value)
                    .with("x", percent(from + width / 2)));
        }
    }

    private static String percent(double share) {
        return Figures.coordinate(share) + "%";
    }
}
