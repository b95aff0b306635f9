package dev.lion.examples;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Accuracy by task, a column for each time it was measured. */
final class AccuracyTable {
    private final List<String> columns = new ArrayList<>();
    private final List<EvaluationSummary> summaries = new ArrayList<>();

    AccuracyTable add(String column, EvaluationSummary summary) {
        columns.add(column);
        summaries.add(summary);
        return this;
    }

    void print(PrintStream out) {
        int wide = tasks().stream().mapToInt(String::length).max().orElse(0);
        out.print(" ".repeat(wide + 2));
        columns.forEach(column -> out.printf("%10s", column));
        out.println();
        for (String task : tasks()) {
            printRow(
                    out,
                    wide,
                    task,
                    summaries.stream()
                            .map(summary -> Optional.ofNullable(summary.tasks().get(task)))
                            .toList());
        }
        printRow(
                out,
                wide,
                "all",
                summaries.stream()
                        .map(EvaluationSummary::overall)
                        .map(Optional::of)
                        .toList());
    }

    /** The last column's tasks below the share, the weakest first, in words; empty when there is none. */
    Optional<String> weakest(double below) {
        if (summaries.isEmpty()) {
            return Optional.empty();
        }
        var last = summaries.get(summaries.size() - 1).tasks();
        String weak = last.entrySet().stream()
                .filter(task -> task.getValue().accuracy() < below)
                .sorted(Comparator.comparingDouble(task -> task.getValue().accuracy()))
                .map(task -> task.getKey() + " " + share(task.getValue()))
                .collect(Collectors.joining(", "));
        return Optional.of(weak).filter(text -> !text.isEmpty());
    }

    private Set<String> tasks() {
        return summaries.stream()
                .flatMap(summary -> summary.tasks().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void printRow(PrintStream out, int wide, String task, List<Optional<Score>> scores) {
        out.printf("  %-" + Math.max(1, wide) + "s", task);
        scores.forEach(
                score -> out.printf("%10s", score.map(AccuracyTable::share).orElse("-")));
        out.println();
    }

    private static String share(Score score) {
        return String.format(Locale.ROOT, "%.2f", score.accuracy());
    }
}
