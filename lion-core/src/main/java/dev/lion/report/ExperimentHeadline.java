package dev.lion.report;

import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Measure;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first screen of an experiment: what was asked, what was found, and the figures that it rests on. */
final class ExperimentHeadline {
    private static final int LABEL = 60;

    private final ExperimentData data;
    private final ExperimentResult result;

    private ExperimentHeadline(ExperimentData data) {
        this.data = data;
        this.result = data.result();
    }

    static Element of(ExperimentData data) {
        return new ExperimentHeadline(data).render();
    }

    private Element render() {
        Element header = Element.of("header", "hero")
                .add(Element.of("p", "kicker")
                        .add(Element.of("span").text("Experiment \u00b7 ").add(Layout.inline(result.name())))
                        .add(state()));
        boolean answered = !result.claim().isBlank() && !result.runs().isEmpty();
        if (answered) {
            header.add(Element.of("p", "question").text(result.question()));
        }
        header.add(Element.of("h1").text(answered ? result.claim() : result.question()));
        result.support().forEach(text -> header.add(Element.of("p", "support").text(text)));
        List<Element> tiles = tiles();
        return tiles.isEmpty() ? header : header.add(Element.of("div", "tiles").add(tiles));
    }

    private Element state() {
        int all = data.seeds().size() * result.arms().size();
        int done = result.runs().size();
        boolean complete = done > 0 && data.missing().isEmpty();
        String words = complete
                ? Figures.count(done, "run") + " finished"
                : Figures.count(done) + (all > 0 ? " of " + Figures.count(all, "run") : " runs") + " finished";
        return Element.of("span", "state " + (complete ? "complete" : "running"))
                .text(words);
    }

    private List<Element> tiles() {
        List<Element> tiles = new ArrayList<>();
        if (result.runs().isEmpty()) {
            return tiles;
        }
        Measure main = result.measures().get(0);
        List<Comparison> compared = data.comparisons(main);
        compared.stream()
                .limit(2)
                .forEach(c -> tiles.add(difference(c, main).with("class", tiles.isEmpty() ? "tile main" : "tile")));
        data.best(main).ifPresent(best -> tiles.add(best(best, main)));
        tiles.add(tile(
                Element.of("span").text("Runs"),
                Figures.count(result.runs().size()),
                Figures.count(result.arms().size(), "arm") + ", "
                        + Figures.count(data.seeds().size(), "seed")));
        effort().ifPresent(tiles::add);
        tiles.add(tile(Element.of("span").text("Time"), time(), "on the clock, all runs"));
        return tiles;
    }

    private Element difference(Comparison c, Measure measure) {
        Element name = Element.of("span")
                .add(Layout.inline(data.label(c.arm()), LABEL))
                .text(" against ")
                .add(Layout.inline(data.label(c.baseline()), LABEL));
        String seeds = Figures.count(c.differences().size(), "seed");
        String words = ExperimentData.interval(c)
                .map(i -> Differences.range(i) + ", " + seeds)
                .orElse(seeds + ", no interval");
        return tile(name, Figures.points(c.mean()), measure.label() + ": " + words);
    }

    private Element best(Arm arm, Measure measure) {
        Element name = Element.of("span").text("Highest mean: ").add(Layout.inline(arm.label(), LABEL));
        return tile(name, data.end(arm, measure).orElseThrow().percent(), measure.label());
    }

    private Optional<Element> effort() {
        return data.range(Point::answered)
                .flatMap(answers -> data.range(Point::tokens)
                        .map(tokens -> tile(
                                Element.of("span").text("Teacher answers a run"),
                                answers,
                                tokens + " tokens trained on"
                                        + (data.isEqualWithinSeeds(Point::tokens)
                                                ? ", equal in all arms of a seed"
                                                : ""))));
    }

    private String time() {
        double seconds = result.runs().stream().mapToDouble(Run::seconds).sum();
        return Figures.duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static Element tile(Element name, String figure, String words) {
        return Element.of("div", "tile")
                .add(
                        Element.of("p", "name").add(name),
                        Element.of("p", "figure").add(Element.of("span", "to").text(figure)),
                        Element.of("p", "words").text(words));
    }
}
