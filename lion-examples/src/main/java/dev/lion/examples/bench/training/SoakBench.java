package dev.lion.examples.bench.training;

import dev.lion.examples.bench.ScratchDirectory;
import dev.lion.student.training.ProcessMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private static final int FIFTHS = 5;
    private static final int LINES = 20;
    private static final double MEGA = 1e6;

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

    private final List<Double> held = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        var run = new CaseRun(TrainingCase.named(name), batch, 2048, false, threads);
        var random = new Random(seed);
        var sequences = IntStream.range(0, steps * batch)
                .mapToObj(i -> run.sequence(random, 1 + random.nextInt(longest)))
                .toList();
        try (var open = run.new Open(seed);
                var scratch = ScratchDirectory.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            open.train(sequences, 1, new TimedSteps(scratch.path(), seed, this::look));
        }
        double early = mean(1);
        double late = mean(FIFTHS - 1);
        System.out.printf(
                Locale.ROOT,
                "%s, %d steps: %.1f MB in the second fifth, %.1f MB in the last, %+.2f %%; least and most after the first fifth"
                        + " %.1f and %.1f MB%n",
                name,
                steps,
                early,
                late,
                100 * (late / early - 1),
                afterWarmUp().stream().min(Double::compare).orElseThrow(),
                afterWarmUp().stream().max(Double::compare).orElseThrow());
        return 0;
    }

    private void look() {
        held.add(ProcessMemory.resident().orElse(0) / MEGA);
        if (held.size() % Math.max(1, steps / LINES) == 0) {
            System.out.printf(Locale.ROOT, "step %5d  %8.1f MB%n", held.size(), held.get(held.size() - 1));
        }
    }

    private List<Double> afterWarmUp() {
        return held.subList(steps / FIFTHS, steps);
    }

    private double mean(int fifth) {
        return held.subList(fifth * steps / FIFTHS, (fifth + 1) * steps / FIFTHS).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
