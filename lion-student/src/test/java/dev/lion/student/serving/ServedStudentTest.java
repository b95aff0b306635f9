package dev.lion.student.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.lion.student.LoadedStudent;
import dev.lion.student.chat.OverfittedStudent;
import dev.lion.student.chat.StudentChatModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A served student through LangChain4j's client of OpenAI. */
@Tag("slow")
class ServedStudentTest {
    private static final String KEY = "sesame";
    private static LoadedStudent student;
    private static StudentServer server;

    @BeforeAll
    static void serve() throws IOException {
        student = LoadedStudent.load(OverfittedStudent.folder());
        server = StudentServer.start(
                student,
                ServingConfig.builder()
                        .port(0)
                        .modelName("fox")
                        .key(ApiKey.of(KEY))
                        .build());
    }

    @AfterAll
    static void free() {
        server.close();
        student.close();
    }

    private static OpenAiChatModel.OpenAiChatModelBuilder client() {
        return OpenAiChatModel.builder()
                .baseUrl(server.url().toString())
                .apiKey(KEY)
                .modelName("fox")
                .maxRetries(0);
    }

    @Test
    void client_question_isAnsweredAsByTheChatModelInThisProcess() throws IOException {
        ChatResponse response = client().build().chat(UserMessage.from(OverfittedStudent.CAPITAL));

        assertThat(response.aiMessage().text()).isEqualTo("The capital of Germany is Berlin.");
        try (var local = StudentChatModel.builder().student(student).build()) {
            var same = local.chat(UserMessage.from(OverfittedStudent.CAPITAL));
            assertThat(response.aiMessage().text()).isEqualTo(same.aiMessage().text());
            assertThat(response.tokenUsage().inputTokenCount())
                    .isEqualTo(same.tokenUsage().inputTokenCount());
            assertThat(response.tokenUsage().outputTokenCount())
                    .isEqualTo(same.tokenUsage().outputTokenCount());
        }
        assertThat(response.metadata().modelName()).isEqualTo("fox");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void client_systemAndEarlierTurns_reachTheStudent() {
        assertThat(client().build()
                        .chat(
                                SystemMessage.from("Translate messages from user into German"),
                                UserMessage.from("Translate: 'I love you'"))
                        .aiMessage()
                        .text())
                .contains("liebe");
        assertThat(client().build()
                        .chat(
                                UserMessage.from("Hi, my favorite color is green"),
                                AiMessage.from("Hi, nice to meet you"),
                                UserMessage.from("What is my favorite color?"))
                        .aiMessage()
                        .text())
                .contains("green");
    }

    @Test
    void client_limitsAndStops_holdAsForTheStudent() {
        assertThat(client().stop(List.of(" World")).build().chat("Say 'Hello World'"))
                .isEqualTo("Hello");
        ChatResponse cut = client().maxTokens(3).build().chat(UserMessage.from(OverfittedStudent.STORY));
        assertThat(cut.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(cut.tokenUsage().outputTokenCount()).isEqualTo(3);
    }

    @Test
    void client_wrongRequests_areLangChain4jsExceptions() {
        assertThatThrownBy(() -> client().modelName("wolf").build().chat("hello"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("the only one is 'fox'");
        assertThatThrownBy(() -> client().apiKey("wrong").build().chat("hello"))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> client().presencePenalty(1.0).build().chat("hello"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("presence_penalty");
    }

    @Test
    void catalog_models_areTheStudent() {
        var catalog = OpenAiModelCatalog.builder()
                .baseUrl(server.url().toString())
                .apiKey(KEY)
                .build();

        assertThat(catalog.listModels()).hasSize(1).first().extracting("name").isEqualTo("fox");
    }

    @Test
    void client_stream_isTheAnswerInWholeCharacters() throws Exception {
        var pieces = new ArrayList<String>();
        var complete = new CompletableFuture<ChatResponse>();
        OpenAiStreamingChatModel.builder()
                .baseUrl(server.url().toString())
                .apiKey(KEY)
                .modelName("fox")
                .build()
                .chat(OverfittedStudent.STORY, new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String piece) {
                        pieces.add(piece);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        complete.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        complete.completeExceptionally(error);
                    }
                });

        ChatResponse response = complete.get();
        assertThat(String.join("", pieces))
                .isEqualTo(response.aiMessage().text())
                .endsWith("🦊");
        assertThat(pieces)
                .hasSizeGreaterThan(5)
                .noneMatch(piece -> piece.contains("\uFFFD"))
                .contains("🦊");
        assertThat(response.tokenUsage().outputTokenCount()).isGreaterThan(pieces.size() - 1);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }
}
