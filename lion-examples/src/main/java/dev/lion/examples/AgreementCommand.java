package dev.lion.examples;

import dev.lion.jury.Agreement;
import dev.lion.run.RunDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints how far the jurors, or the samples, of a run's referee agree. */
@Command(
        name = "agreement",
        mixinStandardHelpOptions = true,
        description = "Print how far a run's jurors, or a referee's samples, agree, from what is on disk.")
final class AgreementCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "the run's directory")
    private Path run = Path.of("");

    @Override
    public Integer call() {
        try (RunDirectory opened = RunDirectory.read(run)) {
            opened.summaries().stream()
                    .filter(summary -> summary.discrimination().isPresent())
                    .forEach(summary -> print(opened, summary.iteration()));
        }
        return 0;
    }

    private static void print(RunDirectory run, int iteration) {
        System.out.println("Iteration " + iteration);
        Agreement.of(run.judgements(iteration)).lines().forEach(line -> System.out.println("  " + line));
    }
}
