package dev.lion.examples;

import dev.lion.examples.puzzle.SolverTable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the quickstart's offline teacher on the public tasks. */
@Command(
        name = "solve",
        mixinStandardHelpOptions = true,
        description = "Let the quickstart's offline teacher solve real BIG-Bench Hard items; count exact answers.")
final class SolveCommand implements Callable<Integer> {
    @Option(
            names = "--bbh",
            required = true,
            paramLabel = "DIR",
            description = "folder of BIG-Bench Hard task files (boolean_expressions.json, ...)")
    private Path bbh = Path.of("");

    @Override
    public Integer call() {
        SolverTable.print(bbh, System.out);
        return 0;
    }
}
