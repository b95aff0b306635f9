package dev.lion.examples.bench.training;

import dev.lion.examples.bench.ScratchDirectory;
import dev.lion.student.decoder.ProductPeak;
import dev.lion.student.training.ProcessMemory;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One case in this process, which {@code bench training} starts for each. */
@Command(
        name = "training-case",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Measure one case of bench training in this process, and print a line of JSON.")
public final class CaseCommand implements Callable<Integer> {
    @Option(names = "--case", required = true, description = "such as 5m-fp32-full")
    private String name = "";

    @Option(names = "--batch", defaultValue = "16", description = "sequences of a step: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--seq", defaultValue = "128", description = "tokens of a sequence: ${DEFAULT-VALUE}")
    private int length;

    @Option(names = "--steps", defaultValue = "12", description = "steps that are counted: ${DEFAULT-VALUE}")
    private int steps;

    @Option(names = "--tokens-per-pass", defaultValue = "2048", description = "default: ${DEFAULT-VALUE}")
    private int tokensPerPass;

    @Option(names = "--recomputation", description = "compute layers again on the way back")
    private boolean recomputation;

    @Option(names = "--threads", required = true, description = "processors to use")
    private int threads;

    @Option(names = "--seed", defaultValue = "1", description = "seed of weights and tokens: ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public Integer call() throws Exception {
        TrainingCase which = TrainingCase.named(name);
        try (var scratch = ScratchDirectory.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            var watch = new TimedSteps(scratch.path(), seed, () -> {});
            new CaseRun(which, batch, tokensPerPass, recomputation, threads).run(length, steps, watch);
            System.out.println(figures(which, watch).toJson());
        }
        return 0;
    }

    private Figures figures(TrainingCase which, TimedSteps watch) {
        OptionalLong held = ProcessMemory.peak(); // before the products of the comparison take theirs
        ProductPeak product = ProductPeak.measure(threads);
        int tokens = batch * length;
        double billions = Operations.ofToken(which, length) * tokens / 1e9;
        return new Figures(
                name,
                tokens,
                tokens / watch.fastest(),
                tokens / watch.median(),
                product.gigaflops(),
                billions / watch.fastest(),
                billions / watch.leastWork() / product.gigaflopsOfProcessor(),
                held);
    }
}
