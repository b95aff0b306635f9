package dev.lion.examples.puzzle;

import dev.lion.LionException;
import dev.lion.evaluation.BigBenchHard;
import dev.lion.evaluation.EvaluationFileException;
import dev.lion.evaluation.ExactMatch;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures the solver on files of BIG-Bench Hard. */
public final class SolverTable {
    /**
     * How one task went.
     *
     * @param task the task's name
     * @param right items answered exactly as the target says
     * @param total items of the file
     * @param missed the texts of the others
     */
    public record Row(String task, int right, int total, List<String> missed) {
        public Row {
            missed = List.copyOf(missed);
        }
    }

    private SolverTable() {}

    /**
     * Solves {@code <task>.json} of every family, in the original format; families without a file are left out.
     *
     * @throws EvaluationFileException when a file cannot be read, or is not of the format
     */
    public static List<Row> measure(Path bbhDirectory) {
        List<Row> rows = new ArrayList<>();
        for (PuzzleFamily family : Puzzles.FAMILIES) {
            Path file = bbhDirectory.resolve(family.name() + ".json");
            if (Files.exists(file)) {
                rows.add(measure(family, file));
            }
        }
        return rows;
    }

    /** Prints right and total of each family, and their sum. */
    public static void print(Path bbhDirectory, PrintStream out) {
        List<Row> rows = measure(bbhDirectory);
        if (rows.isEmpty()) {
            throw new LionException(bbhDirectory + " holds no task file that the solver knows, such as "
                    + Puzzles.FAMILIES.get(0).name() + ".json; give the folder of BIG-Bench Hard's tasks");
        }
        int right = rows.stream().mapToInt(Row::right).sum();
        int total = rows.stream().mapToInt(Row::total).sum();
        rows.forEach(row -> out.printf("%-42s %4d / %d%n", row.task(), row.right(), row.total()));
        out.printf("%-42s %4d / %d%n", "all", right, total);
    }

    /** The whole teacher answers, so that a text which another family would claim counts as missed. */
    private static Row measure(PuzzleFamily family, Path file) {
        List<ExactMatch.Item> items = BigBenchHard.readTask(file);
        List<String> missed = new ArrayList<>();
        for (ExactMatch.Item item : items) {
            String text = item.instruction().text();
            Optional<String> answer = Puzzles.familyOf(text).flatMap(known -> known.solve(text));
            if (!answer.equals(Optional.of(item.target()))) {
                missed.add(text);
            }
        }
        return new Row(family.name(), items.size() - missed.size(), items.size(), missed);
    }
}
