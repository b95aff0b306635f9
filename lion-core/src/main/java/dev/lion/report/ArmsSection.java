package dev.lion.report;

import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Measure;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All arms and measures at the end of the runs, with the paper's figures beside those that they correspond to. */
final class ArmsSection {
    private static final String NONE = "\u2013";

    private final ExperimentData data;
    private final ExperimentResult result;

    private ArmsSection(ExperimentData data) {
        this.data = data;
        this.result = data.result();
    }

    static Element of(ExperimentData data) {
        Element section = Layout.section(
                "arms",
                "Where each way ends",
                "Means over the seeds at the end of the runs, with half the width of their 95% intervals; the highest of a"
                        + " column is marked with a star. These intervals hold what differs from seed to seed, so arms are"
                        + " better compared by the differences above.");
        return section.add(
                Element.of("div", "card scroll").with("tabindex", "0").add(new ArmsSection(data).table()));
    }

    private Element table() {
        Element head = Element.of("tr").add(column(Element.of("span").text("Arm")));
        for (Measure measure : result.measures()) {
            head.add(column(Layout.inline(measure.label())));
            published(measure)
                    .forEach(paper ->
                            head.add(column(Layout.inline(paper.label())).with("class", "paper")));
        }
        head.add(
                column(Element.of("span").text("Hard share")),
                column(Element.of("span").text("Seeds")));
        Element body = Element.of("tbody");
        result.arms().forEach(arm -> body.add(row(arm)));
        return Element.of("table", "arms").add(Element.of("thead").add(head), body);
    }

    private List<Published> published(Measure measure) {
        return result.published().stream()
                .filter(p -> p.measured().equals(measure.id()) && !p.byArm().isEmpty())
                .toList();
    }

    private Element row(Arm arm) {
        Element name = Element.of("th").with("scope", "row").add(Layout.inline(arm.label()));
        if (!arm.description().isBlank()) {
            name.add(Element.of("p", "words").text(arm.description()));
        }
        Element row = Element.of("tr").add(name);
        for (Measure measure : result.measures()) {
            row.add(cell(arm, measure));
            published(measure)
                    .forEach(paper -> row.add(Element.of("td", "paper")
                            .text(Optional.ofNullable(paper.byArm().get(arm.id()))
                                    .map(Figures::tick)
                                    .orElse(NONE))));
        }
        String hard = data.end(arm, Point::hardShare).map(Spread::percent).orElse(NONE);
        return row.add(
                Element.of("td").text(hard),
                Element.of("td").text(Figures.count(data.runs(arm).size())));
    }

    private Element cell(Arm arm, Measure measure) {
        Optional<Spread> spread = data.end(arm, measure);
        if (spread.isEmpty()) {
            return Element.of("td").text(NONE);
        }
        boolean best = data.begun().size() > 1
                && data.best(measure).filter(arm::equals).isPresent();
        Element cell = Element.of("td");
        return best
                ? cell.add(Element.of("b").text("\u2605 " + spread.get().percent()))
                : cell.text(spread.get().percent());
    }

    private static Element column(Element name) {
        return Element.of("th").with("scope", "col").add(name);
    }

    /** Arms that lack runs, in a sentence each; nothing when all are there. */
    static List<String> missing(ExperimentData data) {
        List<String> sentences = new ArrayList<>();
        data.missing()
                .forEach((arm, seeds) -> sentences.add(
                        seeds.isEmpty()
                                ? arm.label() + ": no run yet"
                                : arm.label() + ": no run of seed " + words(seeds)));
        return sentences;
    }

    private static String words(List<Long> seeds) {
        return String.join(", ", seeds.stream().map(seed -> Long.toString(seed)).toList());
    }
}
