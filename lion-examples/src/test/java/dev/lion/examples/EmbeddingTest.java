package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.DisabledChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.report.HtmlReport;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import dev.lion.run.RunDirectory;
import dev.lion.student.DjlStudent;
import dev.lion.student.cascade.CascadeChatModel;
import dev.lion.student.chat.StudentChatModel;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.ChatModelRoles;
import dev.lion.teacher.chat.DependableChatModel;
import dev.lion.teacher.chat.ProviderLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the README shows, run as it stands; {@link DocumentationTest} compares the two. */
class EmbeddingTest {
    @TempDir
    private Path temp;

    // region embedding
    static Path distil(ChatModel chatModel, Path instructions, Path smallModel, Path directory) throws Exception {
        ChatModelRoles roles = ChatModelRoles.of(chatModel); // teacher, referee and generator
        try (var student = DjlStudent.builder().checkpoint(smallModel).build();
                var run = RunDirectory.open(directory)) { // new, or continued
            LoopResult result = AdversarialLoop.builder()
                    .teacher(roles.teacher())
                    .referee(roles.referee())
                    .generator(roles.generator())
                    .student(student)
                    .config(LoopConfig.builder()
                            .generatedPerIteration(6) // for a trial; 6000 by default
                            .seed(42)
                            .build())
                    .build()
                    .run(InstructionPool.read(instructions), run);
            HtmlReport.of(run).writeTo(directory.resolve("report.html"));
            return result.student().orElseThrow(); // a Hugging Face folder
        }
    }
    // endregion

    // region adapter
    record KnownAnswers(Map<String, String> answers) implements Referee {
        @Override
        public Verdict judge(Comparison comparison) {
            String expected = answers.get(comparison.instruction().text());
            return expected == null
                    ? Verdict.abstain("no known answer")
                    : Verdict.of(score(comparison.first(), expected), score(comparison.second(), expected));
        }

        private static double score(Response response, String expected) {
            return response.text().strip().equals(expected) ? 10 : 1;
        }
    }
    // endregion

    // region dependable
    static DependableChatModel dependable(String baseUrl, String key, Path replies) {
        var limits = new ProviderLimits();
        ChatModel model = OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey(key)
                .modelName("big")
                .httpClientBuilder(limits.httpClientBuilder()) // reads the provider's limits, guards the replies
                .maxRetries(0) // lion repeats, since it keeps the books
                .build();
        return DependableChatModel.builder(model).limits(limits).cache(replies).build();
    }
    // endregion

    // region dropIn
    static StudentChatModel local(Path student) throws IOException {
        return StudentChatModel.load(student); // a ChatModel: give it to whoever had the large one
    }

    static CascadeChatModel localWhereSure(Path student, ChatModel large, Path calibration) throws IOException {
        return CascadeChatModel.builder()
                .student(student)
                .teacher(large) // answers where the student is not sure enough
                .calibration(calibration) // cascade.json, as lion-examples cascade writes it
                .build();
    }
    // endregion

    @Test
    void dependable_serverThatAsksForAPause_isAskedAgainAndThenNoMore() throws Exception {
        var asked = new AtomicInteger();
        try (var server = ChatCompletionsServer.start(request -> asked.incrementAndGet() == 1
                        ? ChatCompletionsServer.status(429, Map.of("Retry-After", "1"), "{}")
                        : ChatCompletionsServer.completion("yes"));
                var model = dependable(server.baseUrl(), "test", temp.resolve("replies.db"))) {
            assertThat(model.chat("Say yes")).isEqualTo("yes");
            assertThat(model.chat("Say yes")).isEqualTo("yes");

            assertThat(asked).hasValue(2);
            assertThat(model.summary())
                    .startsWith("2 calls, 1 refused as too many")
                    .endsWith("1 from the cache");
        }
    }

    @Test
    void distil_chatModelBehindARealServer_leavesAStudentAndAReport() throws Exception {
        Path instructions = temp.resolve("instructions.jsonl");
        Files.write(
                instructions,
                IntStream.range(0, 8)
                        .mapToObj(i -> "{\"instruction\": \"Say the word w" + i + " loudly, please\"}")
                        .toList());
        var script = new ScriptedChatModel();
        try (var server = ChatCompletionsServer.start(script::reply)) {
            var chatModel = OpenAiChatModel.builder()
                    .baseUrl(server.baseUrl())
                    .apiKey("test")
                    .modelName("scripted")
                    .maxRetries(0)
                    .build();

            Path student = distil(chatModel, instructions, smallModel(), temp.resolve("run"));

            assertThat(student).isDirectoryContaining("glob:**model.safetensors");
            assertThat(temp.resolve("run/report.html")).content().contains("</html>");
            assertThat(script.taught()).hasSize(8 + 3 * 6).doesNotHaveDuplicates();
        }
    }

    @Test
    void local_aStudentsFolder_isAChatModel() throws Exception {
        try (StudentChatModel model = local(smallModel())) {
            ChatModel any = model;

            var response = any.chat(ChatRequest.builder()
                    .messages(UserMessage.from("Say the word loudly, please"))
                    .maxOutputTokens(5)
                    .build());

            assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
            assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void localWhereSure_withoutACalibration_saysHowToGetOne() {
        assertThatThrownBy(() -> localWhereSure(smallModel(), new DisabledChatModel(), temp.resolve("cascade.json")))
                .hasMessageContaining("cascade.json");
    }

    @Test
    void judge_knownAnswers_scoresWhatIsKnownAndAbstainsOtherwise() {
        var referee = new KnownAnswers(Map.of("2 + 2", "4"));

        assertThat(referee.judge(new Comparison(Instruction.of("2 + 2"), Response.of("4"), Response.of("5"))))
                .isEqualTo(Verdict.of(10, 1));
        assertThat(referee.judge(new Comparison(Instruction.of("3 + 3"), Response.of("4"), Response.of("5"))))
                .isInstanceOf(Verdict.Abstained.class);
    }

    private Path smallModel() throws IOException {
        return SmallModel.in(temp.resolve("model"));
    }
}
