package dev.lion.report;

import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Discrimination;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** How far the student is behind its teacher, by iteration: gap, hard share, scores, and the split of the pool. */
final class GapSection {
    private final Rounds rounds;
    private final List<IterationSummary> judged;
    private final List<Integer> iterations;

    private GapSection(ReportData data, Rounds rounds) {
        this.rounds = rounds;
        this.judged = data.judgedIterations();
        this.iterations = judged.stream().map(IterationSummary::iteration).toList();
    }

    static Element of(ReportData data, Rounds rounds, Families families) {
        Element section = Layout.section(
                "gap",
                "Student against teacher",
                "In every iteration the referee scores the teacher\u2019s and the student\u2019s answers from 1 to 10, twice,"
                        + " with the order exchanged, unless the settings say otherwise. It judges the student as the iteration before left it. The pool grows"
                        + " from one iteration to the next; a second line follows the instructions that were judged each"
                        + " time, so that like is compared with like.");
        if (data.judgedIterations().isEmpty()) {
            return section.add(Layout.note("No instruction has both scores yet."));
        }
        return new GapSection(data, rounds).fill(section).add(new SpreadSection(data, rounds, families).cards());
    }

    private Element fill(Element section) {
        RefereeWords.of(judged).ifPresent(words -> section.add(Layout.note(words)));
        return section.add(Layout.cards(List.of(
                        Layout.chart("Score gap", "teacher minus student, points", gap()),
                        Layout.chart("Hard share", "share of judged instructions", hardShare()),
                        Layout.chart("Mean scores", "referee\u2019s points, 1 to 10", scores()))))
                .add(Layout.chart("The pool, judged", "instructions", split()));
    }

    private Element gap() {
        List<LineChart.Series> series = new ArrayList<>();
        series.add(series("all judged", "ink", Discrimination::gap));
        List<String> always = rounds.alwaysJudged();
        if (judged.size() > 1 && !always.isEmpty()) {
            series.add(new LineChart.Series(
                    "the same " + Figures.shortCount(always.size()),
                    "faded",
                    points(s -> rounds.meanGap(always, s.iteration()))));
        }
        return chart("gap-chart", "Score gap by iteration, points", Figures::score, 0, series);
    }

    private Element hardShare() {
        List<LineChart.Series> series = new ArrayList<>();
        series.add(series("all judged", "hard", Discrimination::hardShare));
        List<String> always = rounds.alwaysJudged();
        if (judged.size() > 1 && !always.isEmpty()) {
            series.add(new LineChart.Series(
                    "the same " + Figures.shortCount(always.size()),
                    "faded",
                    points(s -> rounds.hardShare(always, s.iteration()))));
        }
        return chart("hard-chart", "Hard share by iteration, per cent", Figures::percent, 0, series);
    }

    private Element scores() {
        List<LineChart.Series> series = List.of(
                series("teacher", "teacher", Discrimination::teacherScore),
                series("student", "student", Discrimination::studentScore));
        return new LineChart(
                        "score-chart",
                        "Mean scores by iteration, points from 1 to 10",
                        iterations,
                        new Axis(1, 10, List.of(1.0, 4.0, 7.0, 10.0)),
                        Figures::score,
                        series)
                .render();
    }

    private Element split() {
        List<BarChart.Row> rows = judged.stream().map(GapSection::row).toList();
        return new BarChart("split-chart", "Cache pool by verdict, instructions", GapSection::whole, rows).render();
    }

    private static BarChart.Row row(IterationSummary summary) {
        Discrimination d = summary.discrimination().orElseThrow();
        return new BarChart.Row(
                "Iteration " + summary.iteration(),
                Figures.count(d.hard()
                        + d.easy()
                        + d.missing()
                        + d.judging().discarded()
                        + d.judging().notJudged()),
                List.of(
                        new BarChart.Segment("hard", d.hard(), "hard"),
                        new BarChart.Segment("easy", d.easy(), "easy"),
                        new BarChart.Segment("without verdict", d.missing(), "missing"),
                        new BarChart.Segment("discarded", d.judging().discarded(), "discarded"),
                        new BarChart.Segment("not judged", d.judging().notJudged(), "unasked")));
    }

    private Element chart(
            String id, String title, DoubleFunction<String> format, double floor, List<LineChart.Series> series) {
        var range = series.stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(LineChart.Point::value)
                .summaryStatistics();
        Axis axis = Axis.covering(Math.min(floor, range.getMin()), Math.max(range.getMax(), floor), 4);
        return new LineChart(id, title, iterations, axis, format, series).render();
    }

    private LineChart.Series series(String label, String tone, ToDoubleFunction<Discrimination> value) {
        return new LineChart.Series(
                label, tone, points(s -> value.applyAsDouble(s.discrimination().orElseThrow())));
    }

    private List<LineChart.Point> points(ToDoubleFunction<IterationSummary> value) {
        return judged.stream()
                .map(s -> LineChart.Point.of(s.iteration(), value.applyAsDouble(s)))
                .toList();
    }

    private static String whole(double count) {
        return Figures.count(Math.round(count));
    }
}
