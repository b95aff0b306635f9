package dev.lion.student.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.lion.student.LoadedStudent;
import dev.lion.student.UntrainedStudent;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudentChatModelTest {
    private static final int ROWS = 8;

    @TempDir
    private static Path temp;

    private static Path folder = Path.of("");
    private static LoadedStudent student;

    @BeforeAll
    static void load() throws IOException {
        folder = UntrainedStudent.write(temp);
        student = UntrainedStudent.load(folder, ROWS, 100);
    }

    @AfterAll
    static void free() {
        student.close();
    }

    private static StudentChatModel model() throws IOException {
        return StudentChatModel.builder().student(student).build();
    }

    private static ChatRequest request(String question, StudentChatRequestParameters.Builder parameters) {
        return ChatRequest.builder()
                .messages(UserMessage.from(question))
                .parameters(parameters.build())
                .build();
    }

    private static StudentChatRequestParameters.Builder tokens(int most) {
        return StudentChatRequestParameters.builder().maxOutputTokens(most);
    }

    private static String text(StudentChatModel model, ChatRequest request) {
        return model.chat(request).aiMessage().text();
    }

    @Test
    void load_folder_answersUnderItsNameUntilItIsClosed() throws IOException {
        var loaded = StudentChatModel.load(folder);
        try (loaded) {
            assertThat(loaded.chat(request("a question", tokens(3))).metadata().modelName())
                    .isEqualTo("untrained");
        }
        assertThatThrownBy(() -> loaded.chat("a question"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void chat_answer_isTheStudentsWithItsTrueNumbers() throws Exception {
        var expected = student.answer(List.of(Message.user("a question")), DecodingConfig.greedy(6), 0, text -> {})
                .await();
        try (var model = model()) {
            ChatResponse response = model.chat(request("a question", tokens(6)));

            var metadata = (StudentChatResponseMetadata) response.metadata();
            assertThat(response.aiMessage().text()).isEqualTo(expected.text());
            assertThat(metadata.confidence()).isEqualTo(expected.confidence()).isBetween(0.0, 1.0);
            assertThat(metadata.logProbabilities()).hasSize(6).isEqualTo(expected.logProbabilities());
            assertThat(metadata.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThat(metadata.tokenUsage().outputTokenCount()).isEqualTo(6);
            assertThat(metadata.toBuilder().build()).isEqualTo(metadata);
        }
    }

    @Test
    void chat_promptTokens_areThoseOfTheWholeConversation() throws IOException {
        try (var model = model()) {
            TokenUsage alone = model.chat(request("xyz", tokens(1))).tokenUsage();
            TokenUsage longer = model.chat(ChatRequest.builder()
                            .messages(SystemMessage.from("xyz"), UserMessage.from("xyz"))
                            .parameters(tokens(1).build())
                            .build())
                    .tokenUsage();

            assertThat(alone.inputTokenCount()).isEqualTo("xyz\n".length());
            assertThat(longer.inputTokenCount()).isEqualTo("xyz\n\nxyz\n".length());
        }
    }

    @Test
    void chat_sampledWithoutSeed_followsFromTheMessagesAndTheModelsSeed() throws IOException {
        var sampled = tokens(20).temperature(1.0);
        try (var model = model();
                var other = StudentChatModel.builder().student(student).seed(1).build()) {
            String answer = text(model, request("a question", sampled));

            assertThat(text(model, request("a question", sampled))).isEqualTo(answer);
            assertThat(text(other, request("a question", sampled))).isNotEqualTo(answer);
            assertThat(text(model, request("a question", sampled.seed(7L)))).isNotEqualTo(answer);
        }
    }

    @Test
    void chat_parametersOfTheStudent_areItsOwn() throws IOException {
        try (var model = model()) {
            String greedy = text(model, request("a question", tokens(20)));

            assertThat(text(
                            model,
                            request("a question", tokens(20).temperature(1.0).topK(1))))
                    .isEqualTo(greedy);
            assertThat(text(
                            model,
                            request("a question", tokens(20).temperature(1.0).minP(0.999))))
                    .isEqualTo(greedy);
            assertThat(text(model, request("a question", tokens(20).repetitionPenalty(5.0))))
                    .isNotEqualTo(greedy);
        }
    }

    @Test
    void overrideWith_parametersOfEitherKind_keepsWhatIsSaid() {
        var own = StudentChatRequestParameters.builder().minP(0.1).seed(3L).build();
        ChatRequestParameters common =
                ChatRequestParameters.builder().temperature(0.2).build();
        var both = StudentChatRequestParameters.builder()
                .minP(0.1)
                .seed(3L)
                .temperature(0.2)
                .build();

        assertThat(own.overrideWith(common)).isEqualTo(both);
        assertThat(own.defaultedBy(common)).isEqualTo(both);
        assertThat(common.overrideWith(own)).isEqualTo(both);
    }

    @Test
    void chat_manyCallers_eachGetsWhatItGetsAlone() throws IOException {
        var callers = Executors.newFixedThreadPool(2 * ROWS);
        try (var model = model()) {
            List<String> questions =
                    IntStream.range(0, 3 * ROWS).mapToObj(i -> "question " + i).toList();
            var answers = questions.stream()
                    .map(question -> CompletableFuture.supplyAsync(
                            () -> text(model, request(question, tokens(30).temperature(1.0))), callers))
                    .toList();

            for (int i = 0; i < questions.size(); i++) {
                assertThat(answers.get(i).join())
                        .isEqualTo(
                                text(model, request(questions.get(i), tokens(30).temperature(1.0))));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void chat_interrupted_failsKeepsTheFlagAndFreesThePlace() throws Exception {
        try (var single = UntrainedStudent.load(folder, 1, 1);
                var model = StudentChatModel.builder().student(single).build()) {
            var flag = new CompletableFuture<Boolean>();
            var caller = new Thread(() -> {
                assertThatThrownBy(() -> model.chat("without an end")).isInstanceOf(LangChain4jException.class);
                flag.complete(Thread.currentThread().isInterrupted());
            });
            caller.start();
            caller.interrupt();

            assertThat(flag.get()).isTrue();
            assertThat(text(model, request("a question", tokens(2)))).isNotEmpty();
        }
    }

    @Test
    void chat_queueIsFull_isTheRateLimitThatLangChain4jRepeatsAfter() throws Exception {
        try (var single = UntrainedStudent.load(folder, 1, 1);
                var model = StudentChatModel.builder().student(single).build()) {
            var begun = new CompletableFuture<Boolean>();
            var endless = List.of(Message.user("without an end"));
            var unused = single.answer(endless, single.decoding(), 0, text -> begun.complete(true));
            begun.get();
            var next = single.answer(endless, single.decoding(), 0, text -> {});

            assertThat(next.result()).isNotDone();
            assertThatThrownBy(() -> model.chat("a question")).isInstanceOf(RateLimitException.class);
        }
    }

    @Test
    void close_answerUnderWay_failsItAndLeavesASharedStudentToItsOwner() throws Exception {
        var model = model();
        var caller = CompletableFuture.supplyAsync(() -> model.chat("without an end"));
        Thread.sleep(50);
        model.close();

        assertThat(caller)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining("closed");
        try (var other = model()) {
            assertThat(text(other, request("a question", tokens(2)))).isNotEmpty();
        }
    }

    @Test
    void chat_whatAStudentCannotDo_isRefusedByName() throws IOException {
        var call = ToolExecutionRequest.builder().id("1").name("tool").build();
        try (var model = model()) {
            assertRefused(model, tokens(1).frequencyPenalty(0.5), "frequencyPenalty");
            assertRefused(model, tokens(1).presencePenalty(0.5), "presencePenalty");
            assertRefused(model, tokens(1).modelName("another"), "modelName");
            for (List<ChatMessage> messages : List.<List<ChatMessage>>of(
                    List.of(UserMessage.from("a"), AiMessage.from(call), UserMessage.from("b")),
                    List.of(UserMessage.from("a"), ToolExecutionResultMessage.from(call, "result")))) {
                assertThatThrownBy(() -> model.chat(messages))
                        .isInstanceOf(UnsupportedFeatureException.class)
                        .hasMessageContaining("not supported");
            }
        }
    }

    private static void assertRefused(
            StudentChatModel model, StudentChatRequestParameters.Builder parameters, String name) {
        assertThatThrownBy(() -> model.chat(request("a question", parameters)))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining(name);
    }

    @Test
    void chat_whatCannotBeAnswered_isAnInvalidRequest() throws IOException {
        try (var model = model()) {
            assertThatThrownBy(() -> model.chat(UserMessage.from("a"), SystemMessage.from("b"), UserMessage.from("c")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("message 2");
            assertThatThrownBy(() -> model.chat(UserMessage.from("a"), AiMessage.from("b")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("last message");
            assertThatThrownBy(() -> model.chat("x".repeat(UntrainedStudent.CONTEXT)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("context");
            assertThatThrownBy(() -> model.chat(request("a", tokens(1).temperature(-1.0))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("temperature -1.0");
        }
    }

    @Test
    void chat_partsOfText_areReadAsLines() throws IOException {
        try (var model = model()) {
            var parts = ChatRequest.builder()
                    .messages(UserMessage.from(TextContent.from("one"), TextContent.from("two")))
                    .parameters(tokens(20).build())
                    .build();

            assertThat(text(model, parts)).isEqualTo(text(model, request("one\ntwo", tokens(20))));
        }
    }

    @Test
    void build_unusableSettings_areRefusedAtOnce() {
        assertThatThrownBy(() -> StudentChatModel.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("folder or student");
        assertThatThrownBy(() -> StudentChatModel.builder().student(student).folder(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exclude");
        assertThatThrownBy(() -> StudentChatModel.builder()
                        .student(student)
                        .defaultRequestParameters(tokens(0).build())
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("maxNewTokens 0");
    }
}
