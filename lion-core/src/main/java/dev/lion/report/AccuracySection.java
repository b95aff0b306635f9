package dev.lion.report;

import dev.lion.data.EvaluationSummary.Score;
import dev.lion.run.IterationSummary;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Accuracy on held-out items: overall with its uncertainty, and by task, the weakest first. */
final class AccuracySection {
    private static final int NAMED = 5;
    /** Characters of a task's name that are shown. */
    private static final int NAME = 120;

    private static final int SHADES = 10;

    /**
     * A task's scores, one for each evaluated iteration, empty where it was not asked; and that of the run's student or,
     * when that was not asked, of the last one that was.
     */
    private record Task(String name, List<Optional<Score>> scores, Score last) {
        Optional<Score> first() {
            return scores.stream().flatMap(Optional::stream).findFirst();
        }

        double accuracy() {
            return last.accuracy();
        }

        double change() {
            return accuracy() - first().map(Score::accuracy).orElse(0.0);
        }
    }

    private final List<IterationSummary> evaluated;
    private final IterationSummary last;
    private final List<Task> tasks;

    private AccuracySection(ReportData data) {
        this.evaluated = data.evaluatedIterations();
        this.last = data.evaluatedLast();
        this.tasks = tasks(evaluated, last);
    }

    static Element of(ReportData data) {
        Element section = Layout.section(
                "accuracy",
                "Accuracy on held-out items",
                "After every imitation the student answers items that are in no pool. Iteration 0 is the student that has"
                        + " imitated the seeds alone.");
        if (data.evaluatedIterations().isEmpty()) {
            return section.add(Layout.note("This run has no evaluation."));
        }
        return new AccuracySection(data).fill(section);
    }

    private static List<Task> tasks(List<IterationSummary> evaluated, IterationSummary last) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        evaluated.forEach(s -> names.addAll(s.evaluation().orElseThrow().tasks().keySet()));
        return names.stream()
                .flatMap(name -> task(name, evaluated, last).stream())
                .sorted(Comparator.comparingDouble(Task::accuracy))
                .toList();
    }

    private static Optional<Task> task(String name, List<IterationSummary> evaluated, IterationSummary last) {
        List<Optional<Score>> scores =
                evaluated.stream().map(s -> score(s, name)).toList();
        return score(last, name)
                .or(() -> scores.stream().flatMap(Optional::stream).reduce((a, b) -> b))
                .map(score -> new Task(name, scores, score));
    }

    private static Optional<Score> score(IterationSummary summary, String task) {
        return Optional.ofNullable(summary.evaluation().orElseThrow().tasks().get(task))
                .filter(score -> score.total() > 0);
    }

    private Element fill(Element section) {
        Element overall = Layout.chart("All tasks", "right answers, with 95% confidence", overall());
        section.add(Element.of("div", "cards two").add(overall, weakest()));
        return section.add(byTask());
    }

    private Element overall() {
        List<LineChart.Point> points = evaluated.stream()
                .map(s -> {
                    Score score = s.evaluation().orElseThrow().overall();
                    Interval interval = Interval.of(score);
                    return new LineChart.Point(s.iteration(), score.accuracy(), interval.low(), interval.high());
                })
                .toList();
        double highest =
                points.stream().mapToDouble(LineChart.Point::high).max().orElse(1);
        return new LineChart(
                        "accuracy-chart",
                        "Accuracy by iteration, per cent of items",
                        evaluated.stream().map(IterationSummary::iteration).toList(),
                        Axis.covering(0, highest, 4),
                        Figures::percent,
                        List.of(new LineChart.Series("student", "student", points)))
                .render();
    }

    private Element weakest() {
        Element card = Element.of("div", "card").add(Element.of("h3").text("Weakest tasks"));
        card.add(Element.of("p", "caption").text("after iteration " + last.iteration()));
        card.add(ranking(tasks.stream().limit(NAMED).toList()));
        List<Task> fallen = tasks.stream()
                .filter(t -> t.change() < 0)
                .sorted(Comparator.comparingDouble(Task::change))
                .toList();
        if (evaluated.size() > 1) {
            card.add(fallen(fallen));
        }
        return card;
    }

    private static Element ranking(List<Task> tasks) {
        Element list = Element.of("ol", "ranking");
        for (Task task : tasks) {
            Score score = task.last();
            list.add(Element.of("li")
                    .add(Layout.inline(task.name(), NAME))
                    .add(Element.of("b").text(Figures.wholePercent(score.accuracy())))
                    .add(Element.of("span", "words").text(score.correct() + " of " + score.total())));
        }
        return list;
    }

    private Element fallen(List<Task> fallen) {
        String since = " since iteration " + evaluated.get(0).iteration();
        if (fallen.isEmpty()) {
            return Element.of("p", "caption").text("No task fell" + since + ".");
        }
        Element text = Element.of("p", "caption")
                .text(Figures.count(fallen.size()) + " of " + Figures.count(tasks.size(), "task") + " fell" + since
                        + ", most of all ")
                .add(Layout.inline(fallen.get(0).name(), NAME));
        return text.text(" (" + Figures.points(fallen.get(0).change()) + ").");
    }

    private Element byTask() {
        Element head = Element.of("tr").add(column("Task"));
        evaluated.forEach(s -> head.add(column(Integer.toString(s.iteration()))));
        Element body = Element.of("tbody");
        boolean several = evaluated.size() > 1;
        tasks.forEach(task -> body.add(row(task, several)));
        if (several) {
            head.add(column("Change").with("class", "change"));
        }
        Element table = Element.of("table", "heat").add(Element.of("thead").add(head), body);
        return Element.of("div", "card")
                .add(Element.of("h3").text("By task"))
                .add(Element.of("p", "caption")
                        .text("per cent right after each iteration, weakest first; change in points"))
                .add(Element.of("div", "scroll").with("tabindex", "0").add(table));
    }

    private static Element row(Task task, boolean several) {
        Element row = Element.of("tr").add(Element.of("th").with("scope", "row").add(Layout.inline(task.name(), NAME)));
        task.scores().forEach(score -> row.add(cell(score)));
        if (several) {
            row.add(Element.of("td", "change").text(Figures.signed(task.change() * 100, 0)));
        }
        return row;
    }

    private static Element cell(Optional<Score> score) {
        return score.map(s -> Element.of("td", "h" + Math.min(SHADES - 1, (int) (s.accuracy() * SHADES)))
                        .with("title", s.correct() + " of " + s.total())
                        .text(Figures.wholePercent(s.accuracy())))
                .orElseGet(() -> Element.of("td").text("\u2013"));
    }

    private static Element column(String name) {
        return Element.of("th").with("scope", "col").text(name);
    }
}
