package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.student.LoadConfig;
import dev.lion.student.LoadedStudent;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.serving.ApiKey;
import dev.lion.student.serving.ServingConfig;
import dev.lion.student.serving.StudentServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a student to the programs of this machine. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serve a student on 127.0.0.1, in the protocol of OpenAI's chat completions, to any client of it.",
            "POST /v1/chat/completions (streamed or not), GET /v1/models, GET /health."
        })
final class ServeCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int LAST_PORT = 65_535;
    private static final int MOST_ROWS = 1024;
    private static final int MOST_WAITING = 100_000;
    /** Requests beside those that are written or wait: such as are being read, or ask for the models. */
    private static final int SPARE_CONNECTIONS = 64;
    /** Whether the JDK's server sends small pieces at once. */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private StudentFolder student = new StudentFolder();

    @Mixin
    private BaseOption base = new BaseOption();

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "N",
            description = "where it listens, 0 for any free port (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what clients call the model (default: the name of the student's folder, or of its run)")
    private Optional<String> name = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "processors that the student uses (default: all)")
    private Optional<Integer> threads = Optional.empty();

    @Mixin
    private WeightsOption weights = new WeightsOption();

    @Option(
            names = "--rows",
            defaultValue = "64",
            paramLabel = "N",
            description = "answers that are written at a time (default: ${DEFAULT-VALUE})")
    private int rows;

    @Option(
            names = "--waiting",
            defaultValue = "256",
            paramLabel = "N",
            description = "requests that may wait for a place; further ones get status 429 (default: ${DEFAULT-VALUE})")
    private int waiting;

    @Option(
            names = "--max-tokens",
            defaultValue = "4096",
            paramLabel = "N",
            description = "the most that a request may ask for (default: ${DEFAULT-VALUE})")
    private int maxTokens;

    @Option(
            names = "--key-env",
            paramLabel = "VARIABLE",
            description = "environment variable with a key that clients must send (default: none is wanted)")
    private Optional<String> keyVariable = Optional.empty();

    @Override
    public Integer call() throws Exception {
        requireUsableOptions();
        System.setProperty(NO_DELAY, System.getProperty(NO_DELAY, "true"));
        var end = new CountDownLatch(1);
        LoadConfig config = weights.applyTo(base.applyTo(LoadConfig.defaults()))
                .withBatching(BatchingConfig.defaults().withRows(rows).withWaiting(waiting));
        config = threads.map(config::withThreads).orElse(config);
        Path folder = student.resolve();
        weights.printLoss(folder, config);
        try (var loaded = LoadedStudent.load(folder, config);
                var server = start(loaded)) {
            greet(server);
            StopOnSignal.during(
                    () -> {
                        end.await();
                        return 0;
                    },
                    end::countDown,
                    "new requests are refused, answers under way have " + GRACE.toSeconds() + " s to end");
        }
        return 0;
    }

    private void requireUsableOptions() {
        new OptionFaults(Objects.requireNonNull(command))
                .within(0, LAST_PORT, "--port", port)
                .atLeast(1, "--threads", threads.orElse(1))
                .within(1, MOST_ROWS, "--rows", rows)
                .within(0, MOST_WAITING, "--waiting", waiting)
                .atLeast(1, "--max-tokens", maxTokens)
                .require(
                        ServingConfig.isName(name.orElseGet(student::name)),
                        name.isPresent()
                                ? "--name must not be blank, nor hold characters that cannot be seen"
                                : "the student's folder has a name with characters that cannot be seen; give --name")
                .require(
                        keyVariable.isEmpty() || key().isPresent(),
                        "--key-env names " + keyVariable.orElse("") + ", which is not set")
                .require(
                        key().map(ServeCommand::isSendable).orElse(true),
                        "the key in " + keyVariable.orElse("") + " holds blanks or characters that no header may have")
                .refuse();
    }

    private Optional<String> key() {
        return keyVariable
                .flatMap(variable -> Optional.ofNullable(System.getenv(variable)))
                .map(String::strip)
                .filter(key -> !key.isEmpty());
    }

    private static boolean isSendable(String key) {
        return key.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private StudentServer start(LoadedStudent loaded) throws IOException {
        var config = ServingConfig.builder()
                .port(port)
                .maxTokens(maxTokens)
                .maxConnections(rows + waiting + SPARE_CONNECTIONS)
                .modelName(name.orElseGet(student::name))
                .grace(GRACE);
        key().map(ApiKey::of).ifPresent(config::key);
        try {
            return StudentServer.start(loaded, config.build());
        } catch (BindException e) {
            throw new LionException("port " + port + " is taken; choose another with --port, 0 for any free one", e);
        }
    }

    private void greet(StudentServer server) {
        String header = keyVariable
                .map(key -> " -H \"Authorization: Bearer $" + key + "\"")
                .orElse("");
        System.out.println("Serving '" + server.modelName() + "' at " + server.url() + " (this machine only). Try:");
        System.out.println();
        System.out.println("  curl " + server.url() + "/chat/completions -H 'Content-Type: application/json'" + header
                + " -d '{\"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}'");
        System.out.println("  " + CommandPrefix.get() + " chat --url " + server.url()
                + keyVariable.map(key -> " --key-env " + key).orElse(""));
        System.out.println();
        System.out.println("Ctrl-C ends it.");
    }
}
