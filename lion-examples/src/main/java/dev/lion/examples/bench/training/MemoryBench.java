package dev.lion.examples.bench.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.examples.bench.ChildProcess;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.training.MemoryEstimate;
import dev.lion.student.training.TrainingLoad;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How well the estimate that trainings are refused by meets what they take. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Estimate the memory of trainings, and run each of them for two steps in a process of its own: the most memory that"
                    + " it held (VmHWM), Java and all libraries included.",
            "Sequences of 128 tokens, as many as make up one pass on each thread that makes passes."
        })
public final class MemoryBench implements Callable<Integer> {
    private static final int LENGTH = 128;
    private static final double MEGA = 1e6;

    @Option(
            names = "--cases",
            split = ",",
            defaultValue = "5m-fp32-full,5m-fp32-lora,135m-fp32-full,135m-fp32-lora,135m-bf16-lora",
            paramLabel = "CASE",
            description = "as bench training: ${DEFAULT-VALUE}")
    private List<String> cases = List.of();

    @Option(
            names = "--tokens-per-pass",
            split = ",",
            defaultValue = "512,2048",
            paramLabel = "N",
            description = "sizes of passes: ${DEFAULT-VALUE}")
    private List<Integer> sizes = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "processors to use; default all")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT, "%-16s %8s %8s %10s %10s %8s%n", "case", "tokens", "again", "estimate", "measured", "off");
        for (String name : cases) {
            for (int size : sizes) {
                print(TrainingCase.named(name), size, false);
                print(TrainingCase.named(name), size, true);
            }
        }
        return 0;
    }

    private void print(TrainingCase which, int tokensOfPass, boolean recomputation)
            throws IOException, InterruptedException {
        DecoderConfig shape = which.shape().config();
        int passes = passes(shape);
        Optional<LoraConfig> lora = which.lora() ? Optional.of(LoraConfig.ofRank(TrainingCase.RANK)) : Optional.empty();
        MemoryEstimate estimate = MemoryEstimate.of(
                new TrainingLoad(shape, lora, which.base(), which.bfloat16(), passes, tokensOfPass, recomputation));
        JsonNode measured =
                ChildProcess.lion(command(which, passes * tokensOfPass / LENGTH, tokensOfPass, recomputation));
        long peak = measured.required("peak_bytes").asLong();
        System.out.printf(
                Locale.ROOT,
                "%-16s %8d %8s %10.0f %10.0f %+7.1f%%  %s%n",
                which,
                tokensOfPass,
                recomputation ? "yes" : "no",
                estimate.total() / MEGA,
                peak / MEGA,
                100.0 * (estimate.total() - peak) / peak,
                estimate);
    }

    private int passes(DecoderConfig shape) {
        try (var pool = TensorThreads.of(threads, shape)) {
            return pool.passes();
        }
    }

    private List<String> command(TrainingCase which, int batch, int tokensOfPass, boolean recomputation) {
        var command = new ArrayList<>(List.of("bench", "training-case", "--case", which.toString()));
        command.addAll(List.of("--batch", Integer.toString(batch), "--seq", Integer.toString(LENGTH), "--steps", "1"));
        command.addAll(List.of("--threads", Integer.toString(threads)));
        command.addAll(List.of("--tokens-per-pass", Integer.toString(tokensOfPass)));
        if (recomputation) {
            command.add("--recomputation");
        }
        return command;
    }
}
