package dev.lion.examples;

import dev.lion.evaluation.AgiEval;
import dev.lion.evaluation.BenchmarkItem;
import dev.lion.evaluation.BigBenchHard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tasks with right answers in any format that lion reads: BIG-Bench Hard's JSON, AGIEval's JSON Lines. */
final class BenchmarkFiles {
    private static final String LINES = ".jsonl";

    private BenchmarkFiles() {}

    /**
     * The items of a task's file, or of a folder of them; the format goes by the names of the files.
     *
     * @throws dev.lion.evaluation.EvaluationFileException when it cannot be read
     */
    static List<BenchmarkItem> read(Path path) throws IOException {
        return isLines(path) ? AgiEval.questions(path) : BigBenchHard.questions(path);
    }

    private static boolean isLines(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return path.toString().endsWith(LINES);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<String> names = files.map(Path::toString).toList();
            return names.stream().anyMatch(name -> name.endsWith(LINES))
                    && names.stream().noneMatch(name -> name.endsWith(".json"));
        }
    }
}
