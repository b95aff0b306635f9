package dev.lion.report;

import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Measure;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Published;
import dev.lion.report.ExperimentResult.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures over the course of the runs, with a choice of what they are drawn over. The choice needs no script: its buttons
 * stand before the charts, and the stylesheet shows those that belong to the chosen one.
 */
final class CurvesSection {
    /** More arms than these have panels of their own, since lines could not be told apart. */
    private static final int TOGETHER = 4;

    private static final int MARKS = 4;

    /** What a curve may be drawn over. */
    private record Across(String id, String label, ToDoubleFunction<Point> place) {
        private static final Across ITERATION = new Across("iteration", "iteration", Point::iteration);
        private static final List<Across> ALL = List.of(
                ITERATION,
                new Across("answered", "instructions answered", Point::answered),
                new Across("tokens", "tokens trained on", Point::tokens));
    }

    /** What is drawn: a measure, or the share of hard instructions. */
    private record Figure(String id, String label, String caption, Function<Point, Optional<Double>> value) {}

    private final ExperimentData data;
    private final List<Arm> arms;

    private CurvesSection(ExperimentData data) {
        this.data = data;
        this.arms = data.begun();
    }

    static Element of(ExperimentData data) {
        Element section = Layout.section(
                "curves",
                "On the way there",
                "The strong line is the mean over the seeds with its 95% interval, the faint ones are the seeds. Drawn over"
                        + " answers or tokens, arms that spend at different rates can be compared at equal cost.");
        if (data.result().runs().isEmpty()) {
            return section.add(Layout.note("No run is finished yet."));
        }
        return new CurvesSection(data).fill(section);
    }

    private Element fill(Element section) {
        Element choice = Element.of("div", "choice");
        for (Across across : Across.ALL) {
            Element button = Element.of("input")
                    .with("type", "radio")
                    .with("name", "across")
                    .with("id", "across-" + across.id());
            choice.add(across.equals(Across.ITERATION) ? button.with("checked", "checked") : button);
            choice.add(Element.of("label").with("for", "across-" + across.id()).text("over " + across.label));
        }
        Element charts = Element.of("div", "choices");
        List<Figure> figures = figures();
        for (int i = 0; i < figures.size(); i++) {
            charts.add(card(figures.get(i), i));
        }
        return section.add(choice.add(charts));
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (Measure measure : data.result().measures()) {
            figures.add(
                    new Figure(measure.id(), measure.label(), measure.description(), ExperimentData.value(measure)));
        }
        boolean judged = data.result().runs().stream()
                .flatMap(run -> run.points().stream())
                .anyMatch(point -> point.hardShare().isPresent());
        if (judged) {
            figures.add(new Figure(
                    "", "Hard share", "hard instructions of those judged, before the imitation", Point::hardShare));
        }
        return figures;
    }

    private Element card(Figure figure, int number) {
        Element card = Element.of("div", "card")
                .add(
                        Element.of("h3").text(figure.label()),
                        Element.of("p", "caption").text(figure.caption()));
        boolean several = false;
        for (Across across : Across.ALL) {
            String name = "curve-" + number + "-" + across.id();
            List<Element> panels = panels(figure, across, name);
            several = panels.size() > 1;
            card.add(Element.of("div", "panels by-" + across.id()).add(panels));
        }
        return several ? card.with("class", "card several") : card;
    }

    private List<Element> panels(Figure figure, Across across, String name) {
        List<List<XyChart.Series>> lines =
                arms.stream().map(arm -> lines(arm, figure, across)).toList();
        Axis up = XyChart.heights(lines.stream().flatMap(List::stream).toList());
        Axis sideways = sideways(across);
        List<List<XyChart.Series>> shown = arms.size() <= TOGETHER
                ? List.of(lines.stream().flatMap(List::stream).toList())
                : lines;
        List<Element> panels = new ArrayList<>();
        for (List<XyChart.Series> panel : shown) {
            XyChart chart = new XyChart(
                    name + "-" + panels.size(),
                    figure.label() + " over " + across.label,
                    across.label,
                    sideways,
                    up,
                    across.equals(Across.ITERATION) ? Figures::tick : CurvesSection::large,
                    Figures::wholePercent,
                    panel);
            panels.add(Element.of("div", "panel").add(key(panel), chart.render()));
        }
        published(figure, name).forEach(panels::add);
        return panels;
    }

    private List<XyChart.Series> lines(Arm arm, Figure figure, Across across) {
        List<Run> runs = data.runs(arm);
        String tone = "tone-" + data.result().arms().indexOf(arm) % TOGETHER;
        List<XyChart.Series> lines = new ArrayList<>();
        lines.add(new XyChart.Series(
                arm.label(), tone, data.result().arms().indexOf(arm), false, means(runs, figure, across)));
        if (runs.size() > 1) {
            for (Run run : runs) {
                List<XyChart.Point> points = run.points().stream()
                        .flatMap(p -> figure.value().apply(p).stream().map(y -> at(across, p, y)))
                        .toList();
                lines.add(new XyChart.Series(arm.label() + ", seed " + run.seed(), tone, 0, true, points));
            }
        }
        return lines;
    }

    private static XyChart.Point at(Across across, Point point, double height) {
        return XyChart.Point.of(across.place.applyAsDouble(point), height);
    }

    /** By iteration, each over those runs that came so far. */
    private static List<XyChart.Point> means(List<Run> runs, Figure figure, Across across) {
        return runs.stream()
                .flatMap(run -> run.points().stream())
                .map(Point::iteration)
                .distinct()
                .sorted()
                .flatMap(iteration -> mean(runs, iteration, figure, across).stream())
                .toList();
    }

    private static Optional<XyChart.Point> mean(List<Run> runs, int iteration, Figure figure, Across across) {
        List<Point> points = runs.stream()
                .flatMap(run -> run.points().stream())
                .filter(p ->
                        p.iteration() == iteration && figure.value().apply(p).isPresent())
                .toList();
        double x = points.stream().mapToDouble(across.place).average().orElse(0);
        return ExperimentData.spread(points.stream(), figure.value()).map(spread -> XyChart.Point.of(x, spread));
    }

    private Axis sideways(Across across) {
        var range = data.result().runs().stream()
                .flatMap(run -> run.points().stream())
                .mapToDouble(across.place)
                .summaryStatistics();
        return across.equals(Across.ITERATION)
                ? whole(range.getMin(), range.getMax())
                : Axis.covering(0, range.getMax(), MARKS);
    }

    /** Iterations are whole; of many, each second or third is written. */
    private static Axis whole(double low, double high) {
        int every = Math.max(1, (int) Math.ceil((high - low) / 8));
        List<Double> ticks = IntStream.rangeClosed((int) low, (int) high)
                .filter(i -> (i - (int) low) % every == 0)
                .mapToObj(i -> (double) i)
                .toList();
        return new Axis(low, high, ticks);
    }

    private static String large(double value) {
        return value >= 1e6 ? Figures.tick(Math.round(value / 1e4) / 100.0) + "M" : Figures.tick(value);
    }

    private List<Element> published(Figure figure, String name) {
        List<Element> panels = new ArrayList<>();
        for (Published paper : data.result().published()) {
            if (paper.measured().equals(figure.id()) && !paper.byIteration().isEmpty()) {
                panels.add(published(paper, name + "-p" + panels.size()));
            }
        }
        return panels;
    }

    private static Element published(Published paper, String name) {
        List<XyChart.Point> points = IntStream.range(0, paper.byIteration().size())
                .mapToObj(i -> XyChart.Point.of(i, paper.byIteration().get(i)))
                .toList();
        List<XyChart.Series> line = List.of(new XyChart.Series(paper.label(), "paper", 1, false, points));
        var range =
                paper.byIteration().stream().mapToDouble(Double::doubleValue).summaryStatistics();
        XyChart chart = new XyChart(
                name,
                paper.label(),
                "iteration",
                whole(0, points.size() - 1.0),
                Axis.covering(range.getMin(), range.getMax(), MARKS),
                Figures::tick,
                Figures::tick,
                line);
        return Element.of("div", "panel").add(key(line), chart.render());
    }

    private static Element key(List<XyChart.Series> lines) {
        Element key = Element.of("p", "key");
        lines.stream()
                .filter(one -> !one.faint())
                .forEach(one ->
                        key.add(Element.of("span", "entry").add(XyChart.swatch(one), Layout.inline(one.label()))));
        return key;
    }
}
