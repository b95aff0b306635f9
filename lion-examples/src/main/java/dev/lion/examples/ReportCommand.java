package dev.lion.examples;

import dev.lion.examples.puzzle.Puzzles;
import dev.lion.report.HtmlReport;
import dev.lion.run.RunDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the page that shows what a run did. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Write the report of a run, finished or under way.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "the run's directory")
    private Path run = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "the page (default: RUN/report.html)")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        Path page = Optional.ofNullable(out).orElse(run.resolve("report.html"));
        try (var opened = RunDirectory.read(run)) {
            HtmlReport.of(opened, Puzzles::nameOfFamily).writeTo(page);
            opened.missingFiles()
                    .forEach(file -> System.err.println(
                            "note: the page lacks what was in " + file + ", which is no longer there"));
        }
        System.out.println("written: " + page.toAbsolutePath().toUri());
        return 0;
    }
}
