package dev.lion.examples;

import dev.lion.student.LoadConfig;
import dev.lion.student.LoadedStudent;
import dev.lion.student.RequestSeed;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Message;
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
import picocli.CommandLine.ArgGroup;
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
            "With QUESTION it answers that and ends; from a pipe it answers every line.",
            "The student is loaded from a folder, or asked through LangChain4j where a server has it."
        })
final class ChatCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @ArgGroup(multiplicity = "1")
    private StudentSource source = new StudentSource();

    @Mixin
    private BaseOption base = new BaseOption();

    @Mixin
    private WeightsOption weights = new WeightsOption();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "with --url, which of the server's models (default: the first that it lists)")
    private Optional<String> modelName = Optional.empty();

    @Option(
            names = "--key-env",
            paramLabel = "VARIABLE",
            description = "with --url, environment variable with the server's key (default: none is sent)")
    private Optional<String> keyVariable = Optional.empty();

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
        source.fault()
                .ifPresent(fault -> new OptionFaults(Objects.requireNonNull(command))
                        .require(false, fault)
                        .refuse());
        new OptionFaults(Objects.requireNonNull(command))
                .require(
                        temperature >= 0 && Double.isFinite(temperature),
                        "--temperature must be 0 or more, but is " + temperature)
                .atLeast(1, "--max-new-tokens", maxNewTokens)
                .require(
                        source.url().isEmpty() || !base.isGiven(), "--base is for a student in a folder, not for --url")
                .require(
                        source.url().isEmpty() || !weights.isGiven(),
                        "--weights is for a student in a folder, not for --url")
                .require(
                        source.url().isPresent() || (modelName.isEmpty() && keyVariable.isEmpty()),
                        "--model and --key-env are for a server's student, with --url")
                .require(
                        keyVariable.isEmpty() || key().isPresent(),
                        "--key-env names " + keyVariable.orElse("") + ", which is not set")
                .require(question.filter(String::isBlank).isEmpty(), "QUESTION must not be blank")
                .refuse();
        if (source.url().isPresent()) {
            ServedStudent served = ServedStudent.at(source.url().get(), modelName, key(), temperature, maxNewTokens);
            talk(served::answer, served.name() + " at " + source.url().get());
            return 0;
        }
        Path folder = StudentFolder.resolve(source.directory());
        LoadConfig config = weights.applyTo(base.applyTo(LoadConfig.defaults()))
                .withDecoding(
                        DecodingConfig.defaults().withTemperature(temperature).withMaxNewTokens(maxNewTokens));
        weights.printLoss(folder, config);
        try (var student = LoadedStudent.load(folder, config)) {
            talk(
                    line -> answer(student, line),
                    StudentFolder.name(source.directory()) + ", the student in " + folder + ",");
        }
        return 0;
    }

    private Optional<String> key() {
        return keyVariable.flatMap(variable -> Optional.ofNullable(System.getenv(variable)));
    }

    /** Prints the answer to a question. */
    private interface Answerer {
        void answer(String question) throws Exception;
    }

    private void talk(Answerer answerer, String name) throws Exception {
        if (question.isPresent()) {
            answerer.answer(unescaped(question.get()));
        } else {
            converse(answerer, name);
        }
    }

    private static void converse(Answerer answerer, String name) throws Exception {
        boolean person = Terminal.isInteractive();
        if (person) {
            System.out.println(name + " answers. An empty line ends.");
        }
        var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        for (String line = prompted(in, person); line != null; line = prompted(in, person)) {
            if (!line.isBlank()) {
                answerer.answer(unescaped(line));
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

    private static String unescaped(String line) {
        return line.replace("\\n", "\n");
    }

    private static void answer(LoadedStudent student, String question) throws InterruptedException {
        var messages = List.of(Message.user(question));
        Decoding answer = student.answer(messages, student.decoding(), RequestSeed.of(messages, 0), piece -> {
            System.out.print(piece);
            System.out.flush();
        });
        answer.await();
        System.out.println();
    }
}
