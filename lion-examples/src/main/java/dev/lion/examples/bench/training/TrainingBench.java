package dev.lion.examples.bench.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.examples.bench.ChildProcess;
import dev.lion.examples.bench.ModelShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a student is trained, what share of the machine that is, and what it holds meanwhile. */
@Command(
        name = "training",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Train decoders of 5.4 and 134.5 million parameters on random tokens that are all learnt, and print, as lines of JSON"
                    + " and a table: tokens a second; model operations a second as a share of this machine's best float32 matrix"
                    + " product, measured in the same process; the most memory the process held.",
            "Operations of a token: 6 x the numbers in its matrix products (LoRA: 4 x, and 6 x the adapter's) + attention.",
            "(work): the share of the peak with the time that processors worked in place of the clock's, for a busy machine.",
            "Every case runs in a process of its own, in turn with the others and the peer, several rounds; medians count."
        },
        footer = {
            "",
            "A peer is any command. It is called with --hidden --layers --heads --kv --ffn --vocab --batch --seq --steps --threads,"
                    + " each with a number, and prints last a line of JSON with \"tokens_per_s\" of its fastest step, and"
                    + " \"sgemm_gflops\", its own best float32 matrix product (2048 x 2048 x 2048). It is taken to train all weights"
                    + " in float32."
        })
public final class TrainingBench implements Callable<Integer> {
    @Option(
            names = "--cases",
            split = ",",
            defaultValue = "5m-fp32-full,5m-fp32-lora,5m-bf16-full,5m-bf16-lora",
            paramLabel = "CASE",
            description = "5m or 135m, fp32 or bf16, full or lora: ${DEFAULT-VALUE}")
    private List<String> cases = List.of();

    @Option(
            names = "--batch",
            defaultValue = "16",
            paramLabel = "N",
            description = "sequences of a step: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--seq",
            defaultValue = "128",
            paramLabel = "N",
            description = "tokens of each sequence: ${DEFAULT-VALUE}")
    private int length;

    @Option(
            names = "--steps",
            defaultValue = "12",
            paramLabel = "N",
            description = "steps of each process, after one that does not count: ${DEFAULT-VALUE}")
    private int steps;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "N",
            description = "processes of each case: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--tokens-per-pass",
            defaultValue = "2048",
            paramLabel = "N",
            description = "tokens that go through the decoder at once: ${DEFAULT-VALUE}")
    private int tokensPerPass;

    @Option(names = "--threads", paramLabel = "N", description = "processors to use; default all")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "of weights and tokens: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--peer",
            paramLabel = "COMMAND",
            description = "what to compare with, such as \"python3 torch_train.py\"; its words are split at spaces")
    private @Nullable String peer;

    @Option(names = "--out", paramLabel = "FILE", description = "where the lines of JSON are written as well")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<TrainingCase> chosen = cases.stream().map(TrainingCase::named).toList();
        var table = new TrainingTable();
        try (PrintWriter lines = lines()) {
            for (int round = 0; round < rounds; round++) {
                for (ModelShape shape : ModelShape.values()) {
                    measure(chosen.stream().filter(one -> one.shape() == shape).toList(), table, lines);
                }
            }
        }
        System.out.print(table.text());
        return 0;
    }

    private PrintWriter lines() throws IOException {
        return out == null
                ? new PrintWriter(PrintWriter.nullWriter())
                : new PrintWriter(Files.newBufferedWriter(out, StandardCharsets.UTF_8));
    }

    private void measure(List<TrainingCase> ofShape, TrainingTable table, PrintWriter lines)
            throws IOException, InterruptedException {
        if (ofShape.isEmpty()) {
            return;
        }
        Optional<JsonNode> ofPeer = Optional.empty();
        if (peer != null) {
            ofPeer = Optional.of(
                    ChildProcess.run(peerCommand(peer, ofShape.get(0).shape())));
            print(ofPeer.get(), lines);
        }
        for (TrainingCase one : ofShape) {
            JsonNode json = ChildProcess.lion(caseCommand(one));
            print(json, lines);
            table.add(Figures.of(json), ofPeer);
        }
    }

    private static void print(JsonNode json, PrintWriter lines) {
        System.out.println(json);
        lines.println(json);
        lines.flush();
    }

    private List<String> caseCommand(TrainingCase one) {
        return with(Stream.of(
                "bench",
                "training-case",
                "--case",
                one.toString(),
                "--seed",
                Long.toString(seed),
                "--tokens-per-pass",
                Integer.toString(tokensPerPass)));
    }

    private List<String> peerCommand(String command, ModelShape shape) {
        return with(Stream.of(command.trim().split("\\s+"), shape.peerOptions().split(" "))
                .flatMap(Stream::of));
    }

    private List<String> with(Stream<String> command) {
        var all = new ArrayList<>(command.toList());
        all.addAll(List.of("--batch", Integer.toString(batch), "--seq", Integer.toString(length)));
        all.addAll(List.of("--steps", Integer.toString(steps), "--threads", Integer.toString(threads)));
        return all;
    }
}
