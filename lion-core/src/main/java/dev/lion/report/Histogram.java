package dev.lion.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How gaps are spread, by whole points, at two times side by side: before as an outline, after filled. As wide as the page.
 *
 * @param id unique within the page
 * @param title what is shown
 * @param beforeLabel when the first were measured
 * @param afterLabel when the second were
 * @param before gaps, at least one
 * @param after gaps; none when there is only one time
 */
record Histogram(
        String id, String title, String beforeLabel, String afterLabel, List<Double> before, List<Double> after) {
    private static final double HEIGHT = 210;
    private static final double BOTTOM = 170;
    private static final double TOP = 20;

    Element render() {
        Element key = Element.of("p", "key")
                .with("aria-hidden", "true")
                .add(Element.of("span", "swatch before").text(beforeLabel));
        if (!after.isEmpty()) {
            key.add(Element.of("span", "swatch after").text(afterLabel));
        }
        Element svg = Svg.fluid(id, title, description(), HEIGHT);
        double highest = IntStream.rangeClosed(lowest(), highest())
                .mapToDouble(bin -> Math.max(share(before, bin), share(after, bin)))
                .max()
                .orElse(1);
        for (int bin = lowest(); bin <= highest(); bin++) {
            draw(svg, bin, highest);
        }
        svg.add(Svg.line("axis-line", 0, BOTTOM, 0, BOTTOM).with("x2", "100%"));
        svg.add(Svg.text("axis", 0, HEIGHT - 4, "start", "\u2190 student ahead"));
        svg.add(Svg.text("axis", 0, HEIGHT - 4, "end", "teacher ahead \u2192").with("x", "100%"));
        return Element.of("div", "bars").add(key, svg);
    }

    private int lowest() {
        return (int) all().map(Histogram::bin).min().orElse(0);
    }

    private int highest() {
        return (int) all().map(Histogram::bin).max().orElse(0);
    }

    private DoubleStream all() {
        return DoubleStream.concat(
                before.stream().mapToDouble(Double::doubleValue), after.stream().mapToDouble(Double::doubleValue));
    }

    /** The whole number next to a gap; halves go away from zero, so that both sides are alike. */
    private static double bin(double gap) {
        return Math.signum(gap) * Math.floor(Math.abs(gap) + 0.5);
    }

    private static double share(List<Double> gaps, int bin) {
        return gaps.isEmpty()
                ? 0
                : (double) gaps.stream().filter(gap -> bin(gap) == bin).count() / gaps.size();
    }

    private void draw(Element svg, int bin, double highest) {
        int bins = highest() - lowest() + 1;
        double width = 100.0 / bins;
        double from = (bin - lowest()) * width;
        boolean both = !after.isEmpty();
        column(
                svg,
                "before",
                beforeLabel,
                bin,
                share(before, bin) / highest,
                from + width * 0.08,
                width * (both ? 0.4 : 0.84));
        if (both) {
            column(svg, "after", afterLabel, bin, share(after, bin) / highest, from + width * 0.52, width * 0.4);
        }
        svg.add(Svg.text("tick", 0, BOTTOM + 17, "middle", Figures.tick(bin)).with("x", percent(from + width / 2)));
    }

    private void column(Element svg, String tone, String label, int bin, double height, double from, double width) {
        double share = share(tone.equals("before") ? before : after, bin);
        if (share == 0) {
            return;
        }
        double tall = Math.max(1, height * (BOTTOM - TOP));
        String words = Figures.percent(share);
        svg.add(Svg.hint(
                Element.of("rect", "column " + tone)
                        .with("x", percent(from))
                        .with("width", percent(width))
                        .with("y", BOTTOM - tall)
                        .with("height", tall),
                label + ", gap " + Figures.tick(bin) + ": " + words));
        if (share >= 0.05) {
            svg.add(Svg.text("tick wide-only", 0, BOTTOM - tall - 5, "middle", Figures.wholePercent(share))
                    .with("x", percent(from + width / 2)));
        }
    }

    private String description() {
        String first = words(beforeLabel, before);
        return after.isEmpty() ? first : first + "; " + words(afterLabel, after);
    }

    private String words(String label, List<Double> gaps) {
        return label + ": "
                + IntStream.rangeClosed(lowest(), highest())
                        .filter(bin -> share(gaps, bin) > 0)
                        .mapToObj(bin -> "gap " + Figures.tick(bin) + ", " + Figures.percent(share(gaps, bin)))
                        .collect(Collectors.joining("; "));
    }

    private static String percent(double place) {
        return Figures.coordinate(place) + "%";
    }
}
