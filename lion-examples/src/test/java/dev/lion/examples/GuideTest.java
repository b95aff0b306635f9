package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.cost.Assumptions;
import dev.lion.cost.Budget;
import dev.lion.cost.Price;
import dev.lion.cost.Prices;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.evaluation.Benchmark;
import dev.lion.evaluation.BenchmarkItem;
import dev.lion.evaluation.BenchmarkResult;
import dev.lion.evaluation.BigBenchHard;
import dev.lion.evaluation.Contamination;
import dev.lion.judging.Judging;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.role.Student;
import dev.lion.run.RunDirectory;
import dev.lion.strategy.KeepRule;
import dev.lion.student.DjlStudent;
import dev.lion.student.chat.StudentChatRequestParameters;
import dev.lion.student.chat.StudentStreamingChatModel;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.prompt.InstructionFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import dev.lion.student.training.TrainingConfig;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.ChatModelRoles;
import dev.lion.testing.CountingStudent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the guide and the overview of the Javadoc show, run as it stands. */
class GuideTest {
    @TempDir
    private Path temp;

    // region overview
    static LoopResult distil(ChatModel large, Path instructions, Path smallModel, Path directory) throws Exception {
        ChatModelRoles roles = ChatModelRoles.of(large); // teacher, referee and generator
        try (var student = DjlStudent.builder().checkpoint(smallModel).build();
                var run = RunDirectory.open(directory)) { // new, or continued
            return AdversarialLoop.builder()
                    .teacher(roles.teacher())
                    .referee(roles.referee())
                    .generator(roles.generator())
                    .student(student)
                    .config(LoopConfig.builder()
                            .iterations(1)
                            .generatedPerIteration(6)
                            .build()) // paper: 3, 6000
                    .build()
                    .run(InstructionPool.read(instructions), run);
        }
    }
    // endregion

    // region budget
    static LoopResult within(
            Budget budget, ChatModelRoles roles, Student student, InstructionPool seeds, Path directory) {
        AdversarialLoop.Builder loop = AdversarialLoop.builder()
                .teacher(roles.teacher())
                .referee(roles.referee())
                .generator(roles.generator())
                .student(student)
                .prices(Prices.of(Price.perMillionTokens(2, 8))) // dollars for tokens read and written
                .budget(budget)
                .config(LoopConfig.builder()
                        .judging(Judging.frugal()) // half of the referee's calls, on pools of 400 and more
                        .generatedPerIteration(6)
                        .build());
        System.out.print(loop.estimate(seeds, Assumptions.usual())); // asks nobody
        try (var run = RunDirectory.open(directory)) {
            return loop.build().run(seeds, run); // BUDGET_EXHAUSTED: call it again with more to go on
        }
    }
    // endregion

    // region lora
    static DjlStudent adapted(Path smallModel) throws IOException {
        return DjlStudent.builder()
                .checkpoint(smallModel)
                .lora(LoraConfig.ofRank(16)) // without it all weights are trained
                .training(TrainingConfig.builder()
                        .learningRate(2e-4) // 2e-5 for all weights
                        .maxLength(512) // tokens of an example, prompt and answer
                        .build())
                .build();
    }
    // endregion

    // region look
    static void look(Path smallModel, Instruction instruction, PrintStream out) throws IOException {
        try (var tokenizer = StudentTokenizer.read(smallModel);
                var student = DjlStudent.builder().checkpoint(smallModel).build()) {
            int[] ids = tokenizer.encode(instruction.fullText());
            out.println(ids.length + " tokens of " + tokenizer.vocabSize() + ": "
                    + Arrays.stream(ids)
                            .mapToObj(id -> tokenizer.decode(new int[] {id}))
                            .collect(Collectors.joining("|")));
            out.println(student.shape());
            if (student.promptFormat() instanceof InstructionFormat format) { // else the model's own chat template
                out.print(format.prompt(instruction));
            }
        }
    }
    // endregion

    // region stream
    static void answer(StreamingChatModel student, String question, StreamingChatResponseHandler handler) {
        student.chat(
                ChatRequest.builder()
                        .messages(UserMessage.from(question))
                        .parameters(StudentChatRequestParameters.builder()
                                .temperature(0.0) // greedy
                                .repetitionPenalty(1.1)
                                .maxOutputTokens(64)
                                .build())
                        .build(),
                handler);
    }
    // endregion

    // region measure
    static BenchmarkResult measure(Student student, Path tasks, InstructionPool learnt) throws Exception {
        List<BenchmarkItem> items = BigBenchHard.questions(tasks);
        List<Instruction> asked = items.stream().map(BenchmarkItem::instruction).toList();
        Contamination seen = Contamination.of(asked, learnt, Contamination.USUAL_SCORE);
        Benchmark benchmark = Benchmark.on(seen.without(items, BenchmarkItem::instruction)); // none that it has seen
        return BenchmarkResult.of(benchmark, benchmark.measure(student));
    }
    // endregion

    // region gate
    static AdversarialLoop.Builder gated(AdversarialLoop.Builder loop, Benchmark benchmark) {
        return loop.evaluation(benchmark) // after each imitation
                .config(LoopConfig.builder()
                        .iterations(1)
                        .generatedPerIteration(6)
                        .keepRule(KeepRule.unlessFallen()) // by more than chance explains
                        .build());
    }
    // endregion

    @Test
    void measure_itemThatWasLearnt_isLeftOut() throws Exception {
        Path tasks = taskOf("Sort the words: pear apple fig", "Sort the words: oak ash elm beech");
        var learnt = InstructionPool.of(List.of(Instruction.of("Sort the words: pear apple fig")));
        try (var student = DjlStudent.builder()
                .checkpoint(SmallModel.in(temp.resolve("model")))
                .build()) {
            assertThat(measure(student, tasks, learnt).items()).isEqualTo(1);
        }
    }

    @Test
    void gated_run_isMeasuredAfterEachImitation() throws Exception {
        Benchmark benchmark = Benchmark.on(BigBenchHard.questions(taskOf("Sort: b a", "Sort: d c")));
        try (var server = ChatCompletionsServer.start(new ScriptedChatModel()::reply);
                var run = RunDirectory.open(temp.resolve("run"))) {
            ChatModelRoles roles = ChatModelRoles.of(client(server));
            LoopResult result = gated(AdversarialLoop.builder(), benchmark)
                    .teacher(roles.teacher())
                    .referee(roles.referee())
                    .generator(roles.generator())
                    .student(new CountingStudent())
                    .build()
                    .run(seeds(), run);

            assertThat(result.iterations())
                    .hasSize(2)
                    .allMatch(each -> each.evaluation().isPresent());
        }
    }

    private Path taskOf(String... inputs) throws IOException {
        String examples = Arrays.stream(inputs)
                .map(input -> "{\"input\": \"" + input + "\", \"target\": \"a b\"}")
                .collect(Collectors.joining(", "));
        Path file = temp.resolve("sorting.json");
        return Files.writeString(file, "{\"examples\": [" + examples + "]}");
    }

    @Test
    void distil_fewInstructions_completesWithAStudent() throws Exception {
        Path instructions = temp.resolve("instructions.jsonl");
        Files.write(
                instructions,
                seeds().instructions().stream()
                        .map(seed -> "{\"instruction\": \"" + seed.text() + "\"}")
                        .toList());
        try (var server = ChatCompletionsServer.start(new ScriptedChatModel()::reply)) {
            LoopResult result =
                    distil(client(server), instructions, SmallModel.in(temp.resolve("model")), temp.resolve("run"));

            assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
            assertThat(result.student()).isPresent();
        }
    }

    @Test
    void within_smallBudgetThenALargerOne_stopsAndGoesOnToTheEnd() throws Exception {
        try (var server = ChatCompletionsServer.start(new ScriptedChatModel()::reply)) {
            ChatModelRoles roles = ChatModelRoles.of(client(server));
            Path run = temp.resolve("run");

            assertThat(within(Budget.ofCalls(20), roles, new CountingStudent(), seeds(), run)
                            .status())
                    .isEqualTo(LoopResult.Status.BUDGET_EXHAUSTED);
            assertThat(within(Budget.ofDollars(1), roles, new CountingStudent(), seeds(), run)
                            .status())
                    .isEqualTo(LoopResult.Status.COMPLETED);
        }
    }

    @Test
    void adapted_smallModel_trainsAnAdapterBesideIt() throws Exception {
        Path model = SmallModel.in(temp.resolve("model"));
        Path adapter = Files.createDirectory(temp.resolve("adapter"));
        try (DjlStudent student = adapted(model)) {
            student.save(adapter);
        }
        assertThat(adapter).isDirectoryContaining("glob:**adapter_model.safetensors");
    }

    @Test
    void look_smallModel_printsTokensShapeAndPrompt() throws Exception {
        Path model = SmallModel.in(temp.resolve("model"));
        var out = new ByteArrayOutputStream();
        look(model, Instruction.of("Say the word"), new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("\\d+ tokens of \\d+: S.*\\|.*d\\R")
                .contains("maxPositionEmbeddings=")
                .endsWith("### Instruction:\nSay the word\n\n### Response:\n");
    }

    @Test
    void answer_streamed_partsAreTheWhole() throws Exception {
        var parts = new StringBuilder();
        var whole = new CompletableFuture<ChatResponse>();
        try (var student = StudentStreamingChatModel.load(SmallModel.in(temp.resolve("model")))) {
            answer(student, "Say the word", new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(String part) {
                    parts.append(part);
                }

                @Override
                public void onCompleteResponse(ChatResponse response) {
                    whole.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    whole.completeExceptionally(error);
                }
            });
            assertThat(whole.get().aiMessage().text()).isEqualTo(parts.toString());
        }
    }

    private static InstructionPool seeds() {
        return InstructionPool.of(IntStream.range(0, 8)
                .mapToObj(i -> Instruction.of("Say the word w" + i + " loudly, please"))
                .toList());
    }

    private static ChatModel client(ChatCompletionsServer server) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("test")
                .modelName("scripted")
                .maxRetries(0)
                .build();
    }
}
