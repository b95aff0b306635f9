package dev.lion.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.evaluation.BigBenchHard;
import dev.lion.evaluation.ExactMatch;
import dev.lion.student.DjlStudent;
import dev.lion.student.decoding.DecodingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a student on tasks in the format of BIG-Bench Hard. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Accuracy of a student for each task file in BIG-Bench Hard's JSON format, greedily decoded.",
            "An answer is right when, blanks around it apart, it is the target."
        })
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private StudentFolder student = new StudentFolder();

    @Mixin
    private BaseOption base = new BaseOption();

    @Option(
            names = "--bbh",
            required = true,
            paramLabel = "DIR",
            description = "folder of task files: {\"examples\": [{\"input\": ..., \"target\": ...}]}")
    private Path bbh = Path.of("");

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "also write the table as JSON; - for standard output, instead of the table")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--max-new-tokens",
            defaultValue = "128",
            paramLabel = "N",
            description = "longest answer in tokens (default: ${DEFAULT-VALUE})")
    private int maxNewTokens;

    @Override
    public Integer call() throws Exception {
        new OptionFaults(Objects.requireNonNull(command))
                .atLeast(1, "--max-new-tokens", maxNewTokens)
                .require(
                        json.filter(Files::isDirectory).isEmpty(),
                        "--json must be a file or -, but is a directory: " + json.orElse(bbh))
                .refuse();
        var evaluation = ExactMatch.on(BigBenchHard.readTasks(bbh));
        try (var model = base.applyTo(DjlStudent.builder().checkpoint(student.resolve()))
                .decoding(DecodingConfig.greedy(maxNewTokens))
                .build()) {
            print(evaluation.evaluate(model));
        }
        return 0;
    }

    private void print(EvaluationSummary summary) throws IOException {
        String text = asJson(summary);
        if (json.filter(file -> file.toString().equals("-")).isPresent()) {
            System.out.println(text);
            return;
        }
        var table = new AccuracyTable();
        table.add("accuracy", summary);
        table.print(System.out);
        if (json.isPresent()) {
            Files.writeString(json.get(), text + System.lineSeparator());
            System.out.println("written: " + json.get());
        }
    }

    private static String asJson(EvaluationSummary summary) throws IOException {
        var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        ObjectNode tasks = root.putObject("tasks");
        summary.tasks().forEach((task, score) -> put(tasks.putObject(task), score));
        put(root.putObject("all"), summary.overall());
        return mapper.writeValueAsString(root);
    }

    private static void put(ObjectNode node, Score score) {
        node.put("correct", score.correct()).put("total", score.total()).put("accuracy", score.accuracy());
    }
}
