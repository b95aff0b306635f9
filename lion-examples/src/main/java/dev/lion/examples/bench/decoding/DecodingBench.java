package dev.lion.examples.bench.decoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.examples.OptionFaults;
import dev.lion.examples.bench.ChildProcess;
import dev.lion.examples.bench.ModelShape;
import dev.lion.examples.bench.ScratchDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast the student decodes, beside the machine's memory and, if given, beside peers. */
@Command(
        name = "decoding",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Decode greedily from prompts of mixed lengths with students of random weights: tokens a second after the prompts are"
                    + " read, and with them; the time to the first token of a prompt alone; and at how large a share of the"
                    + " speed at which this machine reads memory the weights, keys and values of each step are read.",
            "Each case and batch runs in a process of its own, in turn with the others and the peers, several rounds; medians"
                    + " count, of the fastest of three times in each process."
        },
        footer = {
            "",
            "A peer is any command with a name, such as jlama=java .... It is called with --folder, a Hugging Face folder, and --prompts, a file"
                    + " with a JSON array of texts, and --new --batch --repeats --threads, each with a number. It continues the"
                    + " first texts, as many as the batch says, by as many tokens as --new says, and prints last a line of JSON"
                    + " with \"decode_tokens_per_s\", \"tokens_per_s\" and \"first_token_ms\", the median over the first nine"
                    + " texts alone."
        })
public final class DecodingBench implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_PROMPTS = 64;

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--cases",
            split = ",",
            defaultValue = "5m-fp32,5m-int8,135m-fp32,135m-int8",
            paramLabel = "CASE",
            description = "shape, 5m or 135m, and weights, fp32, bf16 or int8 (default: ${DEFAULT-VALUE})")
    private List<String> cases = List.of();

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "1,8,32",
            paramLabel = "N",
            description = "prompts at a time (default: ${DEFAULT-VALUE})")
    private List<Integer> batches = List.of();

    @Option(
            names = "--new",
            defaultValue = "64",
            paramLabel = "N",
            description = "tokens of each answer, 2 or more (default: ${DEFAULT-VALUE})")
    private int newTokens;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "N",
            description = "how often everything is measured (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--repeats",
            defaultValue = "3",
            paramLabel = "N",
            description = "times in each process, of which the fastest counts (default: ${DEFAULT-VALUE})")
    private int repeats;

    @Option(names = "--threads", paramLabel = "N", description = "processors to use (default: all)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "of weights and prompts (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--peer",
            paramLabel = "NAME=COMMAND",
            description = "what to compare with; may be given several times; a command's words are split at spaces")
    private Map<String, String> peers = new LinkedHashMap<>();

    @Option(
            names = "--students",
            paramLabel = "DIR",
            description = "where the students are kept, or written if they are not there (default: a temporary folder)")
    private Optional<Path> students = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "where the lines of JSON are written as well")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireUsableOptions();
        List<DecodingCase> chosen = cases.stream().map(DecodingCase::named).toList();
        var table = new DecodingTable();
        try (PrintWriter lines = lines();
                var scratch = ScratchDirectory.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            Path prompts = scratch.path().resolve("prompts.json");
            JSON.writeValue(prompts.toFile(), MixedPrompts.of(MOST_PROMPTS, seed, 0));
            for (int round = 0; round < rounds; round++) {
                for (ModelShape shape : shapes(chosen)) {
                    Path folder = RandomStudents.folder(students.orElse(scratch.path()), shape, seed);
                    var ofShape =
                            chosen.stream().filter(one -> one.shape() == shape).toList();
                    for (int batch : batches) {
                        measure(ofShape, batch, folder, prompts, table, lines);
                    }
                }
            }
        }
        System.out.print(table.text());
        return 0;
    }

    private void requireUsableOptions() {
        var faults = new OptionFaults(Objects.requireNonNull(command))
                .atLeast(2, "--new", newTokens)
                .atLeast(1, "--rounds", rounds)
                .atLeast(1, "--repeats", repeats)
                .atLeast(1, "--threads", threads);
        cases.forEach(name -> DecodingCase.require(faults, "--cases", name));
        int most = peers.isEmpty() ? Integer.MAX_VALUE : MOST_PROMPTS;
        batches.forEach(batch -> faults.atLeast(1, "--batches", batch)
                .require(batch <= most, "--batches must be at most " + most + " with --peer, but is " + batch));
        faults.refuse();
    }

    private static List<ModelShape> shapes(List<DecodingCase> cases) {
        return Arrays.stream(ModelShape.values())
                .filter(shape -> cases.stream().anyMatch(one -> one.shape() == shape))
                .toList();
    }

    private PrintWriter lines() throws IOException {
        return out.isEmpty()
                ? new PrintWriter(PrintWriter.nullWriter())
                : new PrintWriter(Files.newBufferedWriter(out.get(), StandardCharsets.UTF_8));
    }

    private void measure(
            List<DecodingCase> ofShape, int batch, Path folder, Path prompts, DecodingTable table, PrintWriter lines)
            throws IOException, InterruptedException {
        String shape = ofShape.get(0).shape().title();
        var found = new ArrayList<DecodingFigures>();
        for (var peer : peers.entrySet()) {
            var command = Stream.of(peer.getValue().trim().split("\\s+"));
            var options = List.of("--folder", folder.toString(), "--prompts", prompts.toString());
            var figures = run(ChildProcess::run, shape + " " + peer.getKey(), batch, command, options, lines);
            table.add(shape, figures, List.of());
            found.add(figures);
        }
        for (DecodingCase one : ofShape) {
            var command = Stream.of("bench", "decoding-case");
            var options =
                    List.of("--case", one.toString(), "--folder", folder.toString(), "--seed", Long.toString(seed));
            table.add(shape, run(ChildProcess::lion, one.toString(), batch, command, options, lines), found);
        }
    }

    /** Starts this program or another. */
    @FunctionalInterface
    private interface Starter {
        JsonNode start(List<String> command) throws IOException, InterruptedException;
    }

    private DecodingFigures run(
            Starter starter, String name, int batch, Stream<String> command, List<String> options, PrintWriter lines)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(command.toList());
        all.addAll(options);
        all.addAll(List.of("--new", Integer.toString(newTokens), "--batch", Integer.toString(batch)));
        all.addAll(List.of("--repeats", Integer.toString(repeats), "--threads", Integer.toString(threads)));
        var figures = DecodingFigures.of(name, batch, starter.start(all));
        System.out.println(figures.toJson());
        lines.println(figures.toJson());
        lines.flush();
        return figures;
    }
}
