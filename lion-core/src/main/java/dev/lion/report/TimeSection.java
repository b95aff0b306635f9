package dev.lion.report;

import dev.lion.run.Stage;
import dev.lion.run.StageTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where the time went: one bar for each iteration, one segment for each stage. */
final class TimeSection {
    private TimeSection() {}

    static Element of(ReportData data) {
        Element section = Layout.section(
                "time",
                "Where the time went",
                "Time on the clock over all sittings, by stage. Imitation includes waiting for the teacher\u2019s answers.");
        Map<Integer, List<StageTime>> byIteration = data.stageTimes().stream()
                .collect(Collectors.groupingBy(StageTime::iteration, TreeMap::new, Collectors.toList()));
        if (byIteration.isEmpty()) {
            return section.add(Layout.note("No stage has been timed yet."));
        }
        List<BarChart.Row> rows = byIteration.entrySet().stream()
                .map(e -> row(e.getKey(), e.getValue()))
                .toList();
        Element chart = new BarChart("time-chart", "Time by iteration and stage", TimeSection::words, rows).render();
        return section.add(Element.of("div", "card chart").add(chart));
    }

    private static BarChart.Row row(int iteration, List<StageTime> times) {
        List<BarChart.Segment> segments = Arrays.stream(Stage.values())
                .map(stage -> new BarChart.Segment(name(stage), seconds(times, stage), name(stage)))
                .toList();
        double total = segments.stream().mapToDouble(BarChart.Segment::value).sum();
        return new BarChart.Row("Iteration " + iteration, words(total), segments);
    }

    private static double seconds(List<StageTime> times, Stage stage) {
        return times.stream()
                .filter(t -> t.stage() == stage)
                .mapToDouble(t -> t.duration().toMillis() / 1000.0)
                .sum();
    }

    private static String name(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private static String words(double seconds) {
        return Figures.duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
