package dev.lion.report;

import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Measure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What became of each task, by arm. */
final class TasksSection {
    private static final int SHADES = 10;
    private static final int NAME = 120;
    private static final String NONE = "\u2013";

    private final ExperimentData data;
    private final Measure measure;
    private final List<Arm> arms;
    private final Optional<Comparison> compared;

    private TasksSection(ExperimentData data, Measure measure) {
        this.data = data;
        this.measure = measure;
        this.arms = data.begun();
        this.compared = data.comparisons(measure).stream().findFirst();
    }

    static Element of(ExperimentData data) {
        Element section = Layout.section(
                "tasks",
                "Task by task",
                "Means over the seeds at the end of the runs, in per cent; the more, the darker. Where two arms were"
                        + " compared, the tasks that the first gained most on come first.");
        List<Measure> measures = data.result().measures().stream()
                .filter(measure -> !data.tasks(measure).isEmpty())
                .toList();
        if (measures.isEmpty()) {
            return section.add(Layout.note("Nothing was measured by task."));
        }
        measures.forEach(measure -> section.add(new TasksSection(data, measure).card()));
        return section;
    }

    private Element card() {
        Element head = Element.of("tr").add(column(Element.of("span").text("Task")));
        arms.forEach(arm -> head.add(column(Layout.inline(arm.label(), NAME))));
        compared.ifPresent(c -> head.add(column(Element.of("span")
                        .add(Layout.inline(data.label(c.arm()), NAME))
                        .text(" against ")
                        .add(Layout.inline(data.label(c.baseline()), NAME)))
                .with("class", "change")));
        Element body = Element.of("tbody");
        tasks().forEach(task -> body.add(row(task)));
        return Element.of("div", "card")
                .add(Element.of("h3").text(measure.label()))
                .add(Element.of("div", "scroll")
                        .with("tabindex", "0")
                        .add(Element.of("table", "heat wide-head")
                                .add(Element.of("thead").add(head), body)));
    }

    private Stream<String> tasks() {
        Comparator<String> byGain =
                Comparator.comparingDouble(task -> -gain(task).orElse(Double.NEGATIVE_INFINITY));
        return data.tasks(measure).stream().sorted(byGain);
    }

    /** How far the first compared arm is ahead on a task; empty where one of the two has no figure. */
    private OptionalDouble gain(String task) {
        return compared.flatMap(c -> mean(c.arm(), task)
                        .flatMap(one -> mean(c.baseline(), task).map(other -> OptionalDouble.of(one - other))))
                .orElse(OptionalDouble.empty());
    }

    private Optional<Double> mean(String armId, String task) {
        return data.arm(armId).flatMap(arm -> data.end(arm, measure, task)).map(Spread::mean);
    }

    private Element row(String task) {
        Element row = Element.of("tr").add(Element.of("th").with("scope", "row").add(Layout.inline(task, NAME)));
        arms.forEach(arm -> row.add(data.end(arm, measure, task)
                .map(TasksSection::cell)
                .orElseGet(() -> Element.of("td").text(NONE))));
        if (compared.isPresent()) {
            OptionalDouble gain = gain(task);
            row.add(Element.of("td", "change")
                    .text(gain.isPresent() ? Figures.signed(gain.getAsDouble() * 100, 1) : NONE));
        }
        return row;
    }

    private static Element cell(Spread spread) {
        int shade = Math.max(0, Math.min(SHADES - 1, (int) (spread.mean() * SHADES)));
        return Element.of("td", "h" + shade)
                .with("title", spread.percent() + ", " + Figures.count(spread.count(), "seed"))
                .text(Figures.wholePercent(spread.mean()));
    }

    private static Element column(Element name) {
        return Element.of("th").with("scope", "col").add(name);
    }
}
