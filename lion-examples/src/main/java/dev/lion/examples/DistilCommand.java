package dev.lion.examples;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.data.InstructionPool;
import dev.lion.evaluation.ExactMatch;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.run.RunDirectory;
import dev.lion.student.DjlStudent;
import dev.lion.student.DjlStudentBuilder;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.training.TrainingConfig;
import dev.lion.teacher.ChatModelRoles;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The loop with a real teacher behind an OpenAI-compatible server. */
@Command(
        name = "distil",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Distil a chat model that an OpenAI-compatible server offers (hosted, vLLM, Ollama, llama.cpp, ...).",
            "It is teacher, referee and generator. Interrupted, the same command continues; nothing is paid twice.",
            "A run that reaches its budget ends with exit code 3; the same command with a larger one continues."
        })
final class DistilCommand implements Callable<Integer> {
    private static final int MOST_CALLS = 1000;

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--teacher-url",
            required = true,
            paramLabel = "URL",
            description = "base URL, as in https://host/v1")
    private String teacherUrl = "";

    @Option(names = "--teacher-model", required = true, paramLabel = "NAME", description = "the model's name there")
    private String teacherModel = "";

    @Option(
            names = "--key-env",
            defaultValue = "OPENAI_API_KEY",
            paramLabel = "VARIABLE",
            description = "environment variable that holds the key; unset means no key (default: ${DEFAULT-VALUE})")
    private String keyVariable = "";

    @Option(
            names = "--seeds",
            required = true,
            paramLabel = "FILE",
            description = "your instructions: Alpaca JSON, or JSONL with an \"instruction\" field")
    private Path seeds = Path.of("");

    @Option(
            names = "--student",
            paramLabel = "DIR",
            description = "a Hugging Face folder to fine-tune (default: a small student from scratch)")
    private Optional<Path> student = Optional.empty();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "the run's directory, new or continued")
    private Path out = Path.of("");

    @Option(
            names = "--iterations",
            defaultValue = "3",
            paramLabel = "N",
            description = "adversarial iterations (default: ${DEFAULT-VALUE}, the paper's)")
    private int iterations;

    @Option(
            names = "--generate",
            defaultValue = "6000",
            paramLabel = "N",
            description = "new instructions an iteration (default: ${DEFAULT-VALUE}, the paper's)")
    private int generated;

    @Mixin
    private StrategyOptions strategies = new StrategyOptions();

    @Option(
            names = "--concurrency",
            defaultValue = "16",
            paramLabel = "N",
            description = "calls at the same time (default: ${DEFAULT-VALUE})")
    private int concurrency;

    @Option(
            names = "--epochs",
            defaultValue = "3",
            paramLabel = "N",
            description = "passes over the Train Pool in each imitation (default: ${DEFAULT-VALUE}, the paper's)")
    private int epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "highest rate (default: 2e-5, the paper's, with --student; 1e-3 from scratch)")
    private Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "examples a training step (default: 128, the paper's, with --student; 16 from scratch)")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--max-new-tokens",
            defaultValue = "512",
            paramLabel = "N",
            description = "longest answer of the student in tokens (default: ${DEFAULT-VALUE})")
    private int maxNewTokens;

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "where all randomness comes from (default: ${DEFAULT-VALUE})")
    private long seed;

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Mixin
    private BudgetOptions cost = new BudgetOptions();

    @Override
    public Integer call() throws Exception {
        requireUsableOptions();
        InstructionPool pool = InstructionPool.read(seeds);
        if (pool.duplicates() > 0) {
            System.out.println("note: " + Wording.count(pool.duplicates(), "repeated seed") + " left out");
        }
        LoopConfig config = strategies
                .applyTo(LoopConfig.builder())
                .iterations(iterations)
                .generatedPerIteration(generated)
                .maxConcurrentCalls(concurrency)
                .seed(seed)
                .hardRule(judging.hard())
                .judging(judging.judging())
                .build();
        Optional<ExactMatch> evaluation = strategies.readEvaluation();
        ChatModelRoles roles = ChatModelRoles.of(teacher());
        AdversarialLoop.Builder loop = AdversarialLoop.builder()
                .teacher(roles.teacher())
                .referee(roles.referee())
                .generator(roles.generator())
                .config(config);
        settings(roles).forEach(loop::setting);
        evaluation.ifPresent(each -> loop.evaluation(each).setting("evaluation", StrategyOptions.fingerprint(each)));
        cost.applyTo(loop, teacherModel);
        cost.announce(loop, pool, out, teacherModel, System.out);
        return cost.isEstimateOnly() ? 0 : distil(loop, pool);
    }

    private int distil(AdversarialLoop.Builder loop, InstructionPool pool) throws Exception {
        try (var trained = student(pool);
                var run = RunDirectory.open(out)) {
            LoopResult result = WatchedRun.run(loop.student(trained), pool, run);
            new Farewell(run, result).print(System.out);
            return result.status() == LoopResult.Status.BUDGET_EXHAUSTED ? Main.BUDGET_REACHED : 0;
        }
    }

    private void requireUsableOptions() {
        OptionFaults faults = new OptionFaults(Objects.requireNonNull(command));
        strategies.check(faults);
        cost.check(faults, teacherModel)
                .require(
                        isFullUrl(teacherUrl),
                        "--teacher-url must be a full URL such as http://localhost:8000/v1 or https://host/v1")
                .require(!teacherModel.isBlank(), "--teacher-model must be the name of a model")
                .atLeast(0, "--iterations", iterations)
                .atLeast(1, "--generate", generated)
                .within(1, MOST_CALLS, "--concurrency", concurrency)
                .atLeast(1, "--epochs", epochs)
                .require(
                        learningRate.map(rate -> rate > 0 && rate < 1).orElse(true),
                        "--learning-rate must be above 0 and below 1, but is " + learningRate.orElse(0.0))
                .atLeast(1, "--batch", batch.orElse(1))
                .atLeast(1, "--max-new-tokens", maxNewTokens)
                .refuse();
    }

    /** A URL may hold a key, so that no message repeats what was given. */
    private static boolean isFullUrl(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** lion retries by itself, so the client must not. */
    private ChatModel teacher() {
        String key = System.getenv(keyVariable);
        return OpenAiChatModel.builder()
                .baseUrl(teacherUrl)
                .modelName(teacherModel)
                .apiKey(key == null || key.isBlank() ? "none" : key)
                .timeout(Duration.ofMinutes(5))
                .maxRetries(0)
                .build();
    }

    private DjlStudent student(InstructionPool pool) throws Exception {
        boolean scratch = student.isEmpty();
        TrainingConfig training = TrainingConfig.builder()
                .epochs(epochs)
                .learningRate(learningRate.orElse(scratch ? 1e-3 : 2e-5))
                .batchSize(batch.orElse(scratch ? 16 : 128))
                .build();
        DecodingConfig decoding = DecodingConfig.defaults().withMaxNewTokens(maxNewTokens);
        DjlStudentBuilder builder =
                student.map(DjlStudent.builder()::checkpoint).orElseGet(() -> ScratchStudent.of(pool, seed));
        return builder.training(training).decoding(decoding).samplingSeed(seed).build();
    }

    /** What decides the result beside the loop's own configuration; never the key. */
    private Map<String, String> settings(ChatModelRoles roles) {
        var settings = new TreeMap<>(roles.fingerprints());
        settings.put("teacher.url", withoutUser(URI.create(teacherUrl)).toString());
        settings.put("teacher.model", teacherModel);
        settings.put("student", student.map(Path::toString).orElse("from scratch"));
        settings.put("student.epochs", Integer.toString(epochs));
        settings.put("student.learningRate", learningRate.map(String::valueOf).orElse("default"));
        settings.put("student.batch", batch.map(String::valueOf).orElse("default"));
        settings.put("student.maxNewTokens", Integer.toString(maxNewTokens));
        return settings;
    }

    /** A URL may carry a password or a key in its user part or query. */
    private static URI withoutUser(URI url) {
        return URI.create(url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + url.getRawPath());
    }
}
