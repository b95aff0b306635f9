package dev.lion.report;

import dev.lion.data.ImitationSummary.Preferences;
import dev.lion.data.JudgingSummary.Estimates;
import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Discrimination;
import dev.lion.run.IterationSummary.Generation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Every count, by iteration, in the order of the loop. */
final class CountsSection {
    private final List<IterationSummary> summaries;
    private final Element body = Element.of("tbody");

    private CountsSection(List<IterationSummary> summaries) {
        this.summaries = summaries;
    }

    static Element of(ReportData data) {
        Element section = Layout.section(
                "counts",
                "Every count",
                "The stages in the order of the loop. Iteration 0 imitates the seeds and has neither discrimination nor"
                        + " generation.");
        if (data.summaries().isEmpty()) {
            return section.add(Layout.note("No iteration is complete yet."));
        }
        return section.add(Element.of("div", "card scroll")
                .with("tabindex", "0")
                .add(new CountsSection(data.summaries()).table()));
    }

    private Element table() {
        Element head =
                Element.of("tr").add(Element.of("th").with("scope", "col").text("Iteration"));
        summaries.forEach(s -> head.add(Element.of("th").with("scope", "col").text(Integer.toString(s.iteration()))));
        group("Discrimination");
        judged("Hard", Discrimination::hard);
        judged("Easy", Discrimination::easy);
        judged("Without verdict", Discrimination::missing);
        judgedIfAny(
                "Discarded, as the order changed the winner", d -> d.judging().discarded());
        judgedIfAny("Not judged", d -> d.judging().notJudged());
        referee();
        group("Generation");
        generated("Requests", Generation::requests);
        generated("Accepted, from hard", Generation::hard);
        generated("Accepted, from easy", Generation::easy);
        generated(
                "Rejected",
                g -> g.rejected().values().stream().mapToInt(Integer::intValue).sum());
        group("Imitation");
        count("Train pool", s -> (long) s.trainPool());
        count("Unanswered by the teacher", s -> (long) s.unanswered());
        count("Examples trained on", s -> s.imitation().examples());
        count("Skipped as too long or empty", s -> s.imitation().skipped());
        count("Skipped tokens", s -> s.imitation().skippedTokens());
        if (summaries.stream().anyMatch(s -> s.imitation().preferences().isPresent())) {
            preferences("Preferences trained on", Preferences::pairs);
            preferences("Preferences skipped as too long", Preferences::skipped);
        }
        count("Tokens, all epochs", s -> s.imitation().tokens());
        row("Gradient norm, median and highest", CountsSection::gradientNorms);
        group("At the end");
        count("Cache pool", s -> (long) s.cachePool());
        row(
                "Accuracy",
                s -> s.evaluation()
                        .filter(e -> e.overall().total() > 0)
                        .map(e -> Figures.percent(e.overall().accuracy())));
        if (summaries.stream().anyMatch(s -> s.rolledBackTo().isPresent())) {
            count("Student kept, of iteration", s -> (long) s.keptIteration());
        }
        return Element.of("table", "counts").add(Element.of("thead").add(head), body);
    }

    /** The norms of an imitation's steps, before they were scaled down; empty when the student reported none. */
    private static Optional<String> gradientNorms(IterationSummary summary) {
        double[] norms = summary.imitation().losses().stream()
                .flatMapToDouble(point -> point.gradientNorm().stream())
                .sorted()
                .toArray();
        return norms.length == 0
                ? Optional.empty()
                : Optional.of(Figures.score(norms[norms.length / 2]) + ", " + Figures.score(norms[norms.length - 1]));
    }

    private void group(String name) {
        body.add(Element.of("tr", "group")
                .add(Element.of("th")
                        .with("scope", "rowgroup")
                        .with("colspan", Integer.toString(summaries.size() + 1))
                        .add(Element.of("span").text(name))));
    }

    private void referee() {
        row(
                "Referee calls",
                s -> s.discrimination().map(d -> Figures.count(d.judging().calls())));
        row(
                "Outcome changed with the order",
                s -> s.discrimination()
                        .map(d -> Figures.percent(d.judging().orders().conflictRate())));
        row(
                "Winner changed with the order",
                s -> s.discrimination()
                        .map(d -> Figures.percent(d.judging().orders().flipRate())));
        row(
                "Gain of being shown first, points",
                s -> s.discrimination()
                        .map(d -> Figures.signed(d.judging().orders().positionDelta(), 2)));
        if (summaries.stream().anyMatch(s -> estimates(s).isPresent())) {
            row(
                    "Calls saved",
                    s -> s.discrimination().map(d -> Figures.percent(d.judging().savedShare())));
            row("Hard found, estimated", s -> estimates(s).map(e -> RefereeWords.range(e.found())));
            row("Hard part confirmed, estimated", s -> estimates(s).map(e -> RefereeWords.range(e.confirmed())));
            row("Decided otherwise by both orders", s -> estimates(s).map(e -> RefereeWords.range(e.differing())));
        }
    }

    private void preferences(String name, ToLongFunction<Preferences> value) {
        row(name, s -> s.imitation().preferences().map(p -> Figures.count(value.applyAsLong(p))));
    }

    private static Optional<Estimates> estimates(IterationSummary summary) {
        return summary.discrimination().flatMap(d -> d.judging().estimates());
    }

    private void judgedIfAny(String name, ToIntFunction<Discrimination> value) {
        boolean any =
                summaries.stream().flatMap(s -> s.discrimination().stream()).anyMatch(d -> value.applyAsInt(d) > 0);
        if (any) {
            judged(name, value);
        }
    }

    private void judged(String name, ToIntFunction<Discrimination> value) {
        row(name, s -> s.discrimination().map(d -> Figures.count(value.applyAsInt(d))));
    }

    private void generated(String name, ToIntFunction<Generation> value) {
        row(name, s -> s.generation().map(g -> Figures.count(value.applyAsInt(g))));
    }

    private void count(String name, Function<IterationSummary, Long> value) {
        row(name, s -> Optional.of(Figures.count(value.apply(s))));
    }

    private void row(String name, Function<IterationSummary, Optional<String>> value) {
        Element row = Element.of("tr").add(Element.of("th").with("scope", "row").text(name));
        summaries.forEach(s -> row.add(Element.of("td").text(value.apply(s).orElse("\u2013"))));
        body.add(row);
    }
}
