package dev.lion.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One self-contained page about a trade: curves of one share against another, with figures and a table, in the style of
 * {@link HtmlReport}. Whoever measured the trade makes it, on any thread. Every text is shown as it is, never as markup.
 *
 * @param kicker what kind of report it is, and of what
 * @param claim what it found, in a sentence
 * @param support what tempers the claim or explains it, in a sentence or two
 * @param tiles the most important figures
 * @param horizontal name of the horizontal axis, shares from 0 to 1
 * @param vertical name of the vertical axis, shares
 * @param curves the lines, all over the horizontal axis from left to right
 * @param lead how to read the chart, in a sentence or two
 * @param wanted the share on the vertical axis that was asked for
 * @param chosen the place that was chosen; empty when there is none
 * @param columns the table's head
 * @param rows the table's rows, each as long as the head
 */
public record CurveReport(
        String kicker,
        String claim,
        String support,
        List<Tile> tiles,
        String horizontal,
        String vertical,
        List<Curve> curves,
        String lead,
        double wanted,
        Optional<Point> chosen,
        List<String> columns,
        List<List<String>> rows) {
    public CurveReport {
        tiles = List.copyOf(tiles);
        curves = List.copyOf(curves);
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        Objects.requireNonNull(chosen, "chosen");
        int width = columns.size();
        if (curves.isEmpty() || rows.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException(
                    "a page needs a curve, and rows of " + width + " cells, but has " + curves.size() + " curves");
        }
    }

    /** A figure with its name and a few words on it. */
    public record Tile(String name, String figure, String words) {}

    /** A place on a curve, with the interval that its height lies in; both ends are the height when it is known. */
    public record Point(double x, double y, double low, double high) {
        public Point {
            if (!(x >= 0 && x <= 1 && low <= y && y <= high)) {
                throw new IllegalArgumentException("a point must lie from 0 to 1 and in its interval, but is at " + x
                        + ", " + y + " in " + low + " to " + high);
            }
        }

        /** A place that is known. */
        public static Point of(double x, double y) {
            return new Point(x, y, y, y);
        }
    }

    /** The colour of a curve. */
    public enum Tone {
        /** The main one. */
        STUDENT,
        /** One to compare with. */
        TEACHER,
        /** One in the background. */
        FADED;

        String cssClass() {
            return switch (this) {
                case STUDENT -> "student";
                case TEACHER -> "teacher";
                case FADED -> "faded";
            };
        }
    }

    /** A line with its name, at least one point. */
    public record Curve(String label, Tone colour, List<Point> points) {
        public Curve {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("a curve needs a point: " + label);
            }
        }

        String tone() {
            return colour.cssClass();
        }
    }

    /** The page, valid as HTML and as XML; equal values give equal pages. */
    public String html() {
        Element header = Element.of("header", "hero")
                .add(
                        Element.of("p", "kicker").add(Layout.inline(kicker)),
                        Element.of("h1").text(claim),
                        Element.of("p", "support").text(support),
                        tileRow());
        Element section = Layout.section("curve", "The curve", lead)
                .add(Layout.chart(
                        vertical + " against " + horizontal, "with 95% intervals", new CurveChart(this).render()))
                .add(Element.of("div", "card scroll").with("tabindex", "0").add(table()));
        return Page.document(
                kicker,
                Element.of("body")
                        .add(Element.of("div", "page")
                                .add(header, Element.of("main").add(section))));
    }

    private Element tileRow() {
        return Element.of("div", "tiles")
                .add(tiles.stream().map(CurveReport::tile).toList());
    }

    private static Element tile(Tile tile) {
        return Element.of("div", "tile")
                .add(
                        Element.of("p", "name").text(tile.name()),
                        Element.of("p", "figure").add(Element.of("span", "to").text(tile.figure())),
                        Element.of("p", "words").text(tile.words()));
    }

    private Element table() {
        Element head = Element.of("tr");
        columns.forEach(name -> head.add(Element.of("th").with("scope", "col").text(name)));
        Element body = Element.of("tbody");
        rows.forEach(row -> body.add(row(row)));
        return Element.of("table", "counts").add(Element.of("thead").add(head), body);
    }

    private static Element row(List<String> cells) {
        Element row = Element.of("tr").add(Element.of("th").with("scope", "row").text(cells.get(0)));
        cells.stream().skip(1).forEach(cell -> row.add(Element.of("td").text(cell)));
        return row;
    }

    /**
     * Writes the page in UTF-8. A reader sees the page that was there before or the whole new one, never a part.
     *
     * @throws IOException naming the file, when it cannot be written; what was there before is then unchanged
     */
    public void writeTo(Path file) throws IOException {
        PageFile.write(file, html());
    }
}
