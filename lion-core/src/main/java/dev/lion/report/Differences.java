package dev.lion.report;

import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The paired differences of an experiment, a forest plot for each measure. */
final class Differences {
    private final ExperimentData data;

    private Differences(ExperimentData data) {
        this.data = data;
    }

    static Element of(ExperimentData data) {
        Element section = Layout.section(
                "differences",
                "The difference, seed by seed",
                "Runs of equal seed begin alike, so each dot is one seed\u2019s difference at the end of the runs. The"
                        + " diamond is their mean, the bar its 95% interval. A full diamond marks an interval that leaves"
                        + " zero out; an empty one may be chance.");
        if (data.result().comparisons().isEmpty()) {
            return section.add(Layout.note("No two arms have been compared yet."));
        }
        new Differences(data).plots().forEach(section::add);
        return section;
    }

    private List<Element> plots() {
        List<Element> plots = new ArrayList<>();
        for (Measure measure : data.result().measures()) {
            List<Comparison> compared = data.comparisons(measure);
            if (!compared.isEmpty()) {
                List<ForestPlot.Row> rows = compared.stream().map(this::row).toList();
                String id = "forest-" + plots.size();
                plots.add(Layout.chart(
                        measure.label(),
                        "difference in points; right of zero, the first named is ahead",
                        new ForestPlot(id, "Paired differences: " + measure.label(), rows).render()));
            }
        }
        return plots;
    }

    private ForestPlot.Row row(Comparison c) {
        Optional<List<Long>> seeds = data.seeds(c);
        List<ForestPlot.Dot> dots = new ArrayList<>();
        for (int i = 0; i < c.differences().size(); i++) {
            int at = i;
            String name = seeds.map(s -> "seed " + s.get(at)).orElse("difference " + (at + 1));
            dots.add(new ForestPlot.Dot(name, c.differences().get(i)));
        }
        return new ForestPlot.Row(
                Element.of("span")
                        .add(Layout.inline(data.label(c.arm())))
                        .text(" against ")
                        .add(Layout.inline(data.label(c.baseline()))),
                dots,
                c.mean(),
                ExperimentData.interval(c));
    }

    /** An interval of differences as {@code +1.1 to +7.3}. */
    static String range(Interval interval) {
        return Figures.signed(interval.low() * 100, 1) + " to " + Figures.signed(interval.high() * 100, 1);
    }
}
