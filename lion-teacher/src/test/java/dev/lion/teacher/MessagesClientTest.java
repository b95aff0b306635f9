package dev.lion.teacher;

import static dev.lion.teacher.MessagesServer.error;
import static dev.lion.teacher.MessagesServer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.Difficulty;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationRequest;
import dev.lion.role.RetryableRoleException;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roles over Anthropic's real client and a server that speaks the messages protocol. */
class MessagesClientTest {
    private static final Instruction QUESTION = Instruction.of("What is the capital of France?");

    private static ChatModelTeacher teacher(MessagesServer server) {
        return ChatModelTeacher.of(MessagesProtocol.builder(server).build());
    }

    private static Response answer(Reply reply) throws Exception {
        try (var server = MessagesServer.start(request -> reply)) {
            return teacher(server).answer(QUESTION);
        }
    }

    @Test
    void answer_request_isAsTheProtocolWantsIt() throws Exception {
        try (var server = MessagesServer.start(request -> message("Paris"))) {
            assertThat(teacher(server).answer(QUESTION))
                    .isEqualTo(new Response("Paris", FinishReason.STOP, new TokenUsage(11, 7)));
            JsonNode request = server.requests().get(0);

            assertThat(MessagesServer.system(request)).contains("assistant");
            assertThat(MessagesServer.user(request)).isEqualTo(QUESTION.text());
            assertThat(request.get("model").asText()).isEqualTo("configured");
            assertThat(request.get("max_tokens").asInt()).isEqualTo(1024);
            assertThat(request.get("temperature").asDouble()).isEqualTo(0.7);
            assertThat(request.get("messages").get(0).get("role").asText()).isEqualTo("user");
            assertThat(server.header("x-api-key")).containsExactly(ChatModelFixture.KEY);
            assertThat(server.header("anthropic-version")).containsExactly("2023-06-01");
        }
    }

    @ParameterizedTest
    @CsvSource({"end_turn, STOP", "stop_sequence, STOP", "max_tokens, LENGTH", "refusal, CONTENT_FILTER"})
    void answer_stopReasons_areToldApart(String reason, FinishReason expected) throws Exception {
        assertThat(answer(message("I can", reason, 3, 4)))
                .isEqualTo(new Response("I can", expected, new TokenUsage(3, 4)));
    }

    @Test
    void answer_withoutContent_isBlank() throws Exception {
        assertThat(answer(message("", "refusal", 3, 0)).text()).isEmpty();
    }

    @Test
    void judgeAndGenerate_refused_bringNothing() throws Exception {
        try (var server = MessagesServer.start(request -> message("I would rather", "refusal", 3, 4))) {
            var model = MessagesProtocol.builder(server).build();

            assertThat(ChatModelReferee.of(model)
                            .judge(new Comparison(QUESTION, Response.of("Paris"), Response.of("Rome"))))
                    .isInstanceOf(Verdict.Abstained.class);
            assertThat(ChatModelGenerator.of(model)
                            .generate(new GenerationRequest(QUESTION, Difficulty.HARD, 1, 1))
                            .dropped())
                    .containsOnlyKeys("withheld");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "529, overloaded_error",
        "429, rate_limit_error",
        "500, api_error",
    })
    void answer_passingErrors_areRetryable(int status, String type) {
        assertThatThrownBy(() -> answer(error(status, type, "later"))).isInstanceOf(RetryableRoleException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "401, authentication_error",
        "403, permission_error",
        "404, not_found_error",
    })
    void answer_errorsOfTheAccount_makeTheModelUnusable(int status, String type) {
        assertThatThrownBy(() -> answer(error(status, type, "never")))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageNotContaining(ChatModelFixture.KEY);
    }

    @Test
    void answer_faultyRequest_isNotRetryable() {
        assertThatThrownBy(() -> answer(error(400, "invalid_request_error", "never")))
                .isInstanceOf(ChatModelException.class);
    }
}
