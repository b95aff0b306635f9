package dev.lion.report;

import dev.lion.report.ExperimentResult.Measure;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every run in a table that the page's script sorts and filters. */
final class RunsSection {
    private static final String NONE = "\u2013";

    private final ExperimentData data;
    private final List<Measure> measures;

    private RunsSection(ExperimentData data) {
        this.data = data;
        this.measures = data.result().measures();
    }

    static Element of(ExperimentData data) {
        Element section = Layout.section(
                "runs", "Every run", "One line for each arm and seed, as its run ended; time is on the clock.");
        if (data.result().runs().isEmpty()) {
            return section.add(Layout.note("No run is finished yet."));
        }
        List<String> missing = ArmsSection.missing(data);
        if (!missing.isEmpty()) {
            section.add(Layout.note("Not there yet. " + String.join("; ", missing) + "."));
        }
        return section.add(new RunsSection(data).table());
    }

    private Element table() {
        Element head = Element.of("tr").add(column("Arm", "text"), column("Seed", "number"));
        measures.forEach(measure -> head.add(column(measure.label(), "number")));
        List.of("Hard share", "Iterations", "Answered", "Tokens", "Time")
                .forEach(name -> head.add(column(name, "number")));
        Element body = Element.of("tbody");
        data.result().runs().forEach(run -> body.add(row(run)));
        Element table = Element.of("table", "runs")
                .with("data-sort", "")
                .add(Element.of("thead").add(head), body);
        return Element.of("div", "card")
                .with("data-filter", "")
                .add(Controls.of("runs").text("Find", "arm or seed").render())
                .add(Element.of("div", "scroll").with("tabindex", "0").add(table));
    }

    private static Element column(String name, String kind) {
        return Element.of("th").with("scope", "col").with("data-kind", kind).text(name);
    }

    private Element row(Run run) {
        Point last = run.last();
        Element row = Element.of("tr")
                .with("data-item", "")
                .add(Element.of("th").with("scope", "row").add(Layout.inline(data.label(run.arm()))))
                .add(cell(Long.toString(run.seed()), Long.toString(run.seed())));
        measures.forEach(measure -> row.add(share(ExperimentData.value(measure).apply(last))));
        row.add(share(last.hardShare()));
        row.add(cell(Integer.toString(last.iteration()), Integer.toString(last.iteration())));
        row.add(cell(Long.toString(last.answered()), Figures.count(last.answered())));
        row.add(cell(Long.toString(last.tokens()), Figures.shortCount(last.tokens())));
        return row.add(cell(
                Double.toString(run.seconds()), Figures.duration(Duration.ofMillis(Math.round(run.seconds() * 1000)))));
    }

    private static Element share(Optional<Double> share) {
        return share.map(value -> cell(Double.toString(value), Figures.percent(value)))
                .orElseGet(() -> Element.of("td").with("data-value", "").text(NONE));
    }

    private static Element cell(String value, String words) {
        return Element.of("td").with("data-value", value).text(words);
    }
}
