package dev.lion.examples.bench.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.examples.bench.Medians;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The medians over all rounds of what each case was measured at. */
final class TrainingTable {
    private static final double MEGA = 1e6;

    private final Map<String, List<Row>> rows = new LinkedHashMap<>();

    private record Row(Figures own, Optional<JsonNode> peer) {}

    /** What a case and, in the same round, the peer were measured at. */
    void add(Figures figures, Optional<JsonNode> peer) {
        rows.computeIfAbsent(figures.name(), name -> new ArrayList<>()).add(new Row(figures, peer));
    }

    /** A line for each case. */
    String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-16s %12s %12s %10s %10s %8s %8s %10s %8s %12s%n",
                "case",
                "tokens/s",
                "median step",
                "GFLOP/s",
                "sgemm",
                "of it",
                "(work)",
                "peak MB",
                "x peer",
                "least-most"));
        rows.forEach((name, measured) -> text.append(line(name, measured)));
        return text.toString();
    }

    private static String line(String name, List<Row> measured) {
        return String.format(
                Locale.ROOT,
                "%-16s %12.0f %12.0f %10.1f %10.1f %8.2f %8.2f %10s %8s %12s%n",
                name,
                median(measured, row -> row.own().bestTokensPerSecond()),
                median(measured, row -> row.own().medianTokensPerSecond()),
                median(measured, row -> row.own().gigaflops()),
                median(measured, row -> row.own().productGigaflops()),
                median(measured, row -> row.own().ofPeak()),
                median(measured, row -> row.own().ofPeakWork()),
                peak(measured),
                ratios(measured).isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", Medians.of(ratios(measured))),
                span(ratios(measured)));
    }

    private static double median(List<Row> rows, ToDoubleFunction<Row> value) {
        return Medians.of(rows.stream().mapToDouble(value).boxed().toList());
    }

    private static String peak(List<Row> rows) {
        return rows.get(0).own().peakBytes().isEmpty()
                ? "?"
                : String.format(
                        Locale.ROOT,
                        "%.0f",
                        median(rows, row -> row.own().peakBytes().orElse(0) / MEGA));
    }

    private static List<Double> ratios(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> row.peer().stream()
                        .map(peer -> row.own().bestTokensPerSecond()
                                / peer.required("tokens_per_s").asDouble()))
                .sorted()
                .toList();
    }

    private static String span(List<Double> sorted) {
        return sorted.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%.2f-%.2f", sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
