package dev.lion.examples.bench.training;

import dev.lion.examples.bench.HeldMemory;
import dev.lion.examples.bench.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a long training holds more and more memory. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Make many training steps on sequences of ever different lengths, and look at the memory that this process holds.",
            "After a warm-up of a fifth of the steps it should stay within 3 %%: the mean of the last fifth against the second's.",
            "Java's garbage counts until it is collected: keep its heap still with -Xms64m -Xmx64m -XX:+AlwaysPreTouch."
        })
public final class SoakBench implements Callable<Integer> {
    @Option(
            names = "--case",
            defaultValue = "5m-fp32-full",
            paramLabel = "CASE",
            description = "as bench training: ${DEFAULT-VALUE}")
    private String name = "";

    @Option(names = "--steps", defaultValue = "2000", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
    private int steps;

    @Option(
            names = "--batch",
            defaultValue = "4",
            paramLabel = "N",
            description = "sequences of a step: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--longest",
            defaultValue = "160",
            paramLabel = "N",
            description = "sequences have 1 to N tokens: ${DEFAULT-VALUE}")
    private int longest;

    @Option(names = "--threads", paramLabel = "N", description = "processors to use; default all")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "of weights and tokens: ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public Integer call() throws IOException {
        var run = new CaseRun(TrainingCase.named(name), batch, 2048, false, threads);
        var random = new Random(seed);
        var held = new HeldMemory("step", steps);
        var sequences = IntStream.range(0, steps * batch)
                .mapToObj(i -> run.sequence(random, 1 + random.nextInt(longest)))
                .toList();
        try (var open = run.new Open(seed);
                var scratch = ScratchDirectory.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            open.train(sequences, 1, new TimedSteps(scratch.path(), seed, held::look));
        }
        System.out.printf(Locale.ROOT, "%s, %d steps: %s%n", name, steps, held.summary());
        return 0;
    }
}
