package dev.lion.examples;

import dev.langchain4j.model.chat.ChatModel;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.evaluation.Benchmark;
import dev.lion.evaluation.BenchmarkItem;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.run.RunDirectory;
import dev.lion.student.DjlStudent;
import dev.lion.student.DjlStudentBuilder;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.training.TrainingConfig;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelRoles;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.chat.DependableChatModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        customSynopsis = "lion-examples distil --teacher-model=NAME --seeds=FILE --out=DIR [OPTIONS]",
        description = {
            "Distil a chat model: OpenAI's, Anthropic's, Ollama's, or that of a compatible server (vLLM, llama.cpp, ...).",
            "It is teacher, referee and generator. Interrupted, the same command continues; nothing is paid twice.",
            "A run that reaches its budget ends with exit code 3; the same command with a larger one continues."
        })
final class DistilCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private ProviderOptions provider = new ProviderOptions();

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

    @Mixin
    private BaseOption base = new BaseOption();

    @Mixin
    private StudentOptions training = new StudentOptions();

    @Mixin
    private PreferenceOptions preferences = new PreferenceOptions();

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
    private PromptOptions prompts = new PromptOptions();

    @Mixin
    private GenerationOptions generation = new GenerationOptions();

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Mixin
    private PaceOptions pace = new PaceOptions();

    @Mixin
    private TrafficOptions traffic = new TrafficOptions();

    @Mixin
    private ProviderBatchOptions batches = new ProviderBatchOptions();

    @Mixin
    private BudgetOptions cost = new BudgetOptions();

    @Override
    public Integer call() throws Exception {
        requireUsableOptions();
        InstructionPool pool = InstructionPool.read(seeds);
        if (pool.duplicates() > 0) {
            System.out.println("note: " + Wording.count(pool.duplicates(), "repeated seed") + " left out");
        }
        Optional<Benchmark> evaluation = strategies.readEvaluation();
        DependableChatModel.Builder model =
                DependableChatModel.builder(provider.models()).limits(provider.limits());
        try (DependableChatModel paced =
                traffic.applyTo(pace.applyTo(model), provider.address()).build()) {
            List<Instruction> measuredOn = evaluation.stream()
                    .flatMap(each -> each.items().stream())
                    .map(BenchmarkItem::instruction)
                    .toList();
            noteSeedsNear(measuredOn, pool);
            AdversarialLoop.Builder loop = loop(roles(paced), evaluation, measuredOn);
            cost.announce(loop, pool, out, provider::modelName, pace.callsPerMinute(), System.out);
            if (cost.isEstimateOnly()) {
                return 0;
            }
            try {
                return distil(loop, pool);
            } finally {
                System.out.println("The calls    " + paced.summary());
            }
        }
    }

    private ChatModelRoles roles(ChatModel model) {
        ChatModelTeacher.Builder teacher = prompts.applyTo(provider.teacher(model));
        ChatModelReferee.Builder referee = prompts.applyTo(provider.referee(model));
        provider.batches().ifPresent(each -> batches.applyTo(teacher, referee, each));
        return new ChatModelRoles(
                teacher.build(),
                referee.build(),
                generation.applyTo(prompts.applyTo(provider.generator(model))).build());
    }

    // what the user chose to train on is not taken away, but it is said
    private void noteSeedsNear(List<Instruction> measuredOn, InstructionPool pool) throws IOException {
        long near = generation.seedsNearEvaluation(pool, measuredOn);
        if (near > 0) {
            System.out.println("note: " + Wording.count(near, "seed")
                    + " near an item of the evaluation, which the student will have seen");
        }
    }

    private AdversarialLoop.Builder loop(
            ChatModelRoles roles, Optional<Benchmark> evaluation, List<Instruction> measuredOn) throws IOException {
        LoopConfig config = preferences
                .applyTo(strategies.applyTo(LoopConfig.builder()))
                .iterations(iterations)
                .generatedPerIteration(generated)
                .maxConcurrentCalls(pace.concurrency())
                .callTimeout(pace.patience())
                .seed(seed)
                .hardRule(judging.hard())
                .judging(judging.judging())
                .build();
        AdversarialLoop.Builder loop = AdversarialLoop.builder()
                .teacher(traffic.knowing(roles.teacher()))
                .referee(roles.referee())
                .generator(roles.generator())
                .config(config);
        generation.applyTo(loop, config.maxRougeL(), measuredOn);
        settings(roles).forEach(loop::setting);
        evaluation.ifPresent(each -> loop.evaluation(each).setting("evaluation", StrategyOptions.fingerprint(each)));
        batches.applyTo(loop);
        cost.applyTo(loop, provider::modelName);
        return loop;
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
        provider.check(faults);
        training.check(faults, student.isEmpty());
        preferences.check(faults);
        prompts.check(faults);
        generation.check(faults);
        pace.check(faults);
        traffic.check(faults);
        batches.check(faults, provider.provider(), provider.hasBatches());
        cost.check(faults, provider::modelName)
                .atLeast(0, "--iterations", iterations)
                .atLeast(1, "--generate", generated)
                .atLeast(1, "--max-new-tokens", maxNewTokens)
                .refuse();
    }

    private DjlStudent student(InstructionPool pool) throws Exception {
        boolean scratch = student.isEmpty();
        DecodingConfig decoding = DecodingConfig.defaults().withMaxNewTokens(maxNewTokens);
        DjlStudentBuilder builder =
                student.map(DjlStudent.builder()::checkpoint).orElseGet(() -> ScratchStudent.of(pool, seed));
        return training.applyTo(base.applyTo(builder), TrainingConfig.builder().dpo(preferences.dpo(scratch)), student)
                .decoding(decoding)
                .samplingSeed(seed)
                .build();
    }

    /** What decides the result beside the loop's own configuration; never the key. */
    private Map<String, String> settings(ChatModelRoles roles) {
        var settings = new TreeMap<>(roles.fingerprints());
        settings.putAll(provider.settings());
        settings.put("student", student.map(Path::toString).orElse("from scratch"));
        settings.putAll(training.settings());
        settings.putAll(preferences.settings());
        settings.put("student.maxNewTokens", Integer.toString(maxNewTokens));
        return settings;
    }
}
