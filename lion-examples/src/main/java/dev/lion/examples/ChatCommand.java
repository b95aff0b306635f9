package dev.lion.examples;

import dev.lion.data.Instruction;
import dev.lion.student.DjlStudent;
import dev.lion.student.decoding.DecodingConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a student in the terminal. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = {
            "Ask a student in the terminal: a line is an instruction, \\n in it a line break.",
            "With QUESTION it answers that and ends; from a pipe it answers every line."
        })
final class ChatCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private StudentFolder student = new StudentFolder();

    @Mixin
    private BaseOption base = new BaseOption();

    @Option(
            names = "--temperature",
            defaultValue = "0",
            paramLabel = "T",
            description = "0 always takes the likeliest token, 0.7 is the paper's (default: ${DEFAULT-VALUE})")
    private double temperature;

    @Option(
            names = "--max-new-tokens",
            defaultValue = "256",
            paramLabel = "N",
            description = "longest answer in tokens (default: ${DEFAULT-VALUE})")
    private int maxNewTokens;

    @Parameters(arity = "0..1", paramLabel = "QUESTION", description = "an instruction")
    private Optional<String> question = Optional.empty();

    @Override
    public Integer call() throws Exception {
        new OptionFaults(Objects.requireNonNull(command))
                .require(
                        temperature >= 0 && Double.isFinite(temperature),
                        "--temperature must be 0 or more, but is " + temperature)
                .atLeast(1, "--max-new-tokens", maxNewTokens)
                .require(question.filter(String::isBlank).isEmpty(), "QUESTION must not be blank")
                .refuse();
        Path folder = student.resolve();
        DecodingConfig decoding =
                DecodingConfig.defaults().withTemperature(temperature).withMaxNewTokens(maxNewTokens);
        try (var model = base.applyTo(DjlStudent.builder().checkpoint(folder))
                .decoding(decoding)
                .build()) {
            if (question.isPresent()) {
                System.out.println(answer(model, question.get()));
            } else {
                converse(model, folder);
            }
        }
        return 0;
    }

    private static void converse(DjlStudent model, Path folder) throws Exception {
        boolean person = Terminal.isInteractive();
        if (person) {
            System.out.println("The student in " + folder + " answers. An empty line ends.");
        }
        var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        for (String line = prompted(in, person); line != null; line = prompted(in, person)) {
            if (!line.isBlank()) {
                System.out.println(answer(model, line));
            } else if (person) {
                return;
            }
        }
    }

    private static @Nullable String prompted(BufferedReader in, boolean person) throws IOException {
        if (person) {
            System.out.print("> ");
            System.out.flush();
        }
        return in.readLine();
    }

    private static String answer(DjlStudent model, String line) throws Exception {
        return model.answer(List.of(Instruction.of(line.replace("\\n", "\n"))))
                .get(0)
                .text();
    }
}
