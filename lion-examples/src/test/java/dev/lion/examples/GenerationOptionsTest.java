package dev.lion.examples;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.LionException;
import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.run.RunDirectory;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.ChatModelGenerator;
import dev.lion.testing.CountingStudent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

class GenerationOptionsTest {
    /** In turn: each breaks one rule, the last one none. */
    private static final List<String> PROPOSED = List.of(
            "Follow the next instruction with care",
            "Only three words",
            "- list four colours of the sea",
            "Ünlü bir şehir adı söyle",
            "Name every single colour of the rainbow now",
            "How can I improve my time management skills today?",
            "Sort the planets by their distance");

    private static final String SEED = "Name every single colour of the rainbow";
    private static final String QUESTION = "How can I improve my time management skills?";

    @TempDir
    private Path temp;

    @Command(name = "probe")
    private static final class Probe implements Runnable {
        @Spec
        private @Nullable CommandSpec command;

        @Mixin
        private GenerationOptions options = new GenerationOptions();

        @Override
        public void run() {}

        GenerationOptions checked() {
            OptionFaults faults = new OptionFaults(Objects.requireNonNull(command));
            options.check(faults).refuse();
            return options;
        }
    }

    private static GenerationOptions options(String... arguments) {
        Probe probe = new Probe();
        new CommandLine(probe).parseArgs(arguments);
        return probe.checked();
    }

    private Map<String, Integer> rejected(GenerationOptions options, List<Instruction> evaluation) throws IOException {
        AtomicInteger next = new AtomicInteger();
        AdversarialLoop.Builder loop = AdversarialLoop.builder()
                .teacher(instruction -> Response.of("so"))
                .referee(comparison -> Verdict.of(5, 5))
                .generator(request -> GenerationResponse.of(Instruction.of(PROPOSED.get(next.getAndIncrement()))))
                .student(new CountingStudent())
                .config(LoopConfig.builder()
                        .iterations(1)
                        .generatedPerIteration(PROPOSED.size())
                        .maxRequestsPerInstruction(1)
                        .maxConcurrentCalls(1)
                        .build());
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            options.applyTo(loop, 0.7, evaluation).build().run(InstructionPool.of(List.of(Instruction.of(SEED))), run);
            return run.summaries().get(1).generation().orElseThrow().rejected();
        }
    }

    @Test
    void applyTo_noOptions_appliesThePapersRules() throws IOException {
        assertThat(rejected(options(), List.of()))
                .containsOnlyKeys(
                        "mentions-instruction",
                        "too-short",
                        "begins-with-punctuation",
                        "non-ascii-start",
                        "near-duplicate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mentions-instruction",
                "too-short",
                "begins-with-punctuation",
                "non-ascii-start",
                "near-duplicate",
                "near-evaluation"
            })
    void applyTo_oneRuleByName_switchesItOnAloneAndOffAlone(String rule) throws IOException {
        List<Instruction> evaluation = List.of(Instruction.of(QUESTION));
        Map<String, Integer> alone = rejected(options("--rules", rule), evaluation);
        temp = Files.createTempDirectory(temp, "other");
        Map<String, Integer> without = rejected(options("--no-rule", rule), evaluation);

        assertThat(alone).isEqualTo(Map.of(rule, 1));
        assertThat(without).hasSize(5).doesNotContainKey(rule);
    }

    @Test
    void applyTo_cutByLength_isTheGenerators() throws Exception {
        assertThat(generated("--no-rule", "cut-by-length").instructions())
                .containsExactly(Instruction.of("Name four lakes in"));
        assertThat(generated("--no-rule", "too-short").dropped()).isEqualTo(Map.of("cut-by-length", 1));
    }

    private static GenerationResponse generated(String... arguments) throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Name four lakes in", "length", 9, 9))) {
            return generator(server, arguments)
                    .generate(new GenerationRequest(Instruction.of(SEED), Difficulty.EASY, 1, 1));
        }
    }

    private static ChatModelGenerator generator(ChatCompletionsServer server, String... arguments) {
        var model = OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("test")
                .modelName("m")
                .maxRetries(0)
                .build();
        return options(arguments).applyTo(ChatModelGenerator.builder(model)).build();
    }

    @Test
    void applyTo_generatorOptions_areItsSettings() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion(""))) {
            var generator = generator(server, "--per-call", "4", "--with-inputs");

            assertThat(generator.proposalsPerRequest()).isEqualTo(4);
            assertThat(generator.fingerprints().get("prompt.generator.hard.system"))
                    .startsWith("generator.inputs.system");
            assertThat(generator(server).fingerprints().get("prompt.generator.hard.system"))
                    .startsWith("generator.system");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    guard.jsonl | {"question_id": 1, "turns": ["How can I improve my time management skills?"]}
                    guard.jsonl | {"question_id": 1, "text": "How can I improve my time management skills?"}
                    guard.jsonl | {"instruction": "How can I improve my time management skills?"}
                    guard.json  | [{"instruction": "How can I improve", "input": "my time management skills?"}]
                    guard.json  | {"examples": [{"input": "How can I improve my time management skills?", "target": "No"}]}
                    """)
    void applyTo_guardFile_rejectsWhatIsNearItsItems(String name, String content) throws IOException {
        for (String mark : List.of("", "\uFEFF")) {
            Path file = Files.writeString(temp.resolve(name), mark + content);
            assertThat(rejected(options("--guard", file.toString()), List.of())).containsEntry("near-evaluation", 1);
        }
    }

    @Test
    void applyTo_guardFolder_isOneOfTasks() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("tasks"));
        Files.writeString(
                folder.resolve("advice.json"),
                "{\n \"examples\": [\n  {\"input\": \"" + QUESTION + "\", \"target\": \"No\"}]}");

        assertThat(rejected(options("--guard", folder.toString()), List.of())).containsEntry("near-evaluation", 1);
    }

    @Test
    void applyTo_guardScore_isTheLeastThatIsNear() throws IOException {
        assertThat(rejected(options("--guard-score", "1"), List.of(Instruction.of(QUESTION))))
                .doesNotContainKey("near-evaluation");
    }

    @Test
    void seedsNearEvaluation_copiesAmongTheSeeds_areCounted() throws IOException {
        InstructionPool seeds =
                InstructionPool.of(List.of(Instruction.of(SEED), Instruction.of(QUESTION), Instruction.of("Why?")));

        assertThat(options().seedsNearEvaluation(seeds, List.of(Instruction.of(QUESTION))))
                .isEqualTo(1);
        assertThat(options().seedsNearEvaluation(seeds, List.of())).isZero();
    }

    @Test
    void applyTo_guardThatCannotBeRead_saysWhatIsAccepted() throws IOException {
        Path file = Files.writeString(temp.resolve("guard.txt"), "no JSON");

        assertThatThrownBy(() -> rejected(options("--guard", file.toString()), List.of()))
                .isInstanceOf(LionException.class)
                .hasMessageContaining("guard.txt");
        assertThatThrownBy(
                        () -> rejected(options("--guard", temp.resolve("none").toString()), List.of()))
                .hasMessageContaining("there is no such file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --rules dull,too-short | --rules: no rule is named dull; there are begins-with-punctuation, cut-by-length,
                    --no-rule dull | --no-rule: no rule is named dull; there are
                    --rules too-short --no-rule near-duplicate | cannot be given together
                    --per-call 0 | --per-call must be from 1 to 50, but is 0
                    --novelty-tokens words | --novelty-tokens must be paper or unicode, but is words
                    --guard-score 0 | --guard-score must be above 0 and at most 1, but is 0.0
                    --rules too-short --guard x.jsonl | --guard needs the rule near-evaluation
                    """)
    void check_faultyOptions_areRefused(String arguments, String words) {
        assertThatThrownBy(() -> options(arguments.split(" ")))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(words);
    }
}
