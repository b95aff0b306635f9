package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.message;
import static dev.lion.teacher.ChatCompletionsServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.teacher.prompt.ChatPrompt;
import dev.lion.teacher.prompt.PromptTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatModelTeacherTest {
    private static final Instruction CAPITAL = Instruction.of("Name the capital.", "France {request}");

    @Test
    void answer_defaults_sendsTheInstructionWithThePapersSettings() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Paris"))) {
            ChatModelTeacher.of(ChatModelFixture.model(server)).answer(CAPITAL);

            JsonNode request = server.requests().get(0);
            assertThat(request.get("model").asText()).isEqualTo("configured");
            assertThat(request.get("temperature").asDouble()).isEqualTo(0.7);
            assertThat(request.has("top_p")).isFalse();
            assertThat(request.get("max_tokens").asInt()).isEqualTo(1024);
            assertThat(message(request, "system"))
                    .isEqualTo(ChatPrompt.TEACHER.system().text());
            assertThat(message(request, "user")).isEqualTo("Name the capital.\n\nFrance {request}");
            assertThat(server.authorizations()).containsExactly("Bearer " + ChatModelFixture.KEY);
        }
    }

    @Test
    void answer_settings_overrideThoseOfTheModel() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Paris"))) {
            var prompt = new ChatPrompt(
                    new PromptTemplate("own.system", 1, "Be brief."),
                    new PromptTemplate("own.user", 1, "Q: {request}"));
            ChatModelTeacher.builder(
                            ChatModelFixture.builder(server).temperature(0.1).build())
                    .modelName("other")
                    .sampling(Sampling.of(0, 0.5))
                    .maxOutputTokens(9)
                    .prompt(prompt)
                    .build()
                    .answer(Instruction.of("Name it."));

            JsonNode request = server.requests().get(0);
            assertThat(request.get("model").asText()).isEqualTo("other");
            assertThat(request.get("temperature").asDouble()).isZero();
            assertThat(request.get("top_p").asDouble()).isEqualTo(0.5);
            assertThat(request.get("max_tokens").asInt()).isEqualTo(9);
            assertThat(message(request, "system")).isEqualTo("Be brief.");
            assertThat(message(request, "user")).isEqualTo("Q: Name it.");
        }
    }

    @Test
    void answer_modelDefaults_sendsNeitherSamplingNorLimitOfItsOwn() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Paris"))) {
            ChatModelTeacher.builder(ChatModelFixture.builder(server)
                            .maxCompletionTokens(2000)
                            .build())
                    .sampling(Sampling.modelDefault())
                    .modelDefaultOutputLimit()
                    .build()
                    .answer(CAPITAL);

            JsonNode request = server.requests().get(0);
            assertThat(request.has("temperature")).isFalse();
            assertThat(request.has("top_p")).isFalse();
            assertThat(request.has("max_tokens")).isFalse();
            assertThat(request.get("max_completion_tokens").asInt()).isEqualTo(2000);
        }
    }

    @ParameterizedTest
    @CsvSource({"stop, STOP", "length, LENGTH", "content_filter, CONTENT_FILTER", "tool_calls, OTHER"})
    void answer_finishReason_isMapped(String sent, FinishReason expected) throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion(" Paris.\n \n", sent, 21, 3))) {
            Response response =
                    ChatModelTeacher.of(ChatModelFixture.model(server)).answer(CAPITAL);

            assertThat(response).isEqualTo(new Response(" Paris.", expected, new TokenUsage(21, 3)));
        }
    }

    @ParameterizedTest
    @CsvSource({"'\"content\":null'", "'\"content\":\"\"'", "'\"content\":\" \\n\"'"})
    void answer_noText_isAnEmptyResponse(String content) throws Exception {
        String body =
                "{\"choices\":[{\"message\":{\"role\":\"assistant\"," + content + "},\"finish_reason\":\"stop\"}]}";
        try (var server = ChatCompletionsServer.start(request -> status(200, body))) {
            Response response =
                    ChatModelTeacher.of(ChatModelFixture.model(server)).answer(CAPITAL);

            assertThat(response).isEqualTo(new Response("", FinishReason.STOP, TokenUsage.NONE));
        }
    }

    @Test
    void answer_noFinishReasonAndHalfAUsage_areOtherAndZero() throws Exception {
        String body = "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Paris\"}}],"
                + "\"usage\":{\"prompt_tokens\":5}}";
        try (var server = ChatCompletionsServer.start(request -> status(200, body))) {
            Response response =
                    ChatModelTeacher.of(ChatModelFixture.model(server)).answer(CAPITAL);

            assertThat(response).isEqualTo(new Response("Paris", FinishReason.OTHER, new TokenUsage(5, 0)));
        }
    }

    @Test
    void answer_modelDeclines_isAnEmptyResponseWithheldByFilter() throws Exception {
        String body = "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I can't.\"},"
                + "\"finish_reason\":\"stop\"}]}";
        try (var server = ChatCompletionsServer.start(request -> status(200, body))) {
            Response response =
                    ChatModelTeacher.of(ChatModelFixture.model(server)).answer(CAPITAL);

            assertThat(response).isEqualTo(new Response("", FinishReason.CONTENT_FILTER, TokenUsage.NONE));
        }
    }

    @Test
    void builder_faultySettings_areRefusedAtOnce() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Paris"))) {
            var builder = ChatModelTeacher.builder(ChatModelFixture.model(server));

            assertThatThrownBy(() -> builder.maxOutputTokens(0)).hasMessage("maxOutputTokens must be 1 or more: 0");
            assertThatThrownBy(() -> builder.modelName(" ")).hasMessageContaining("name");
            assertThatThrownBy(() -> builder.prompt(ChatPrompt.REFEREE)).hasMessageContaining("lacks {request}");
            assertThatThrownBy(() -> Sampling.of(-0.1)).hasMessageContaining("-0.1");
            assertThatThrownBy(() -> Sampling.of(Double.NaN)).hasMessageContaining("NaN");
            assertThatThrownBy(() -> Sampling.of(1, 0)).hasMessageContaining("top-p");
        }
    }

    @Test
    void answer_applicationsSystemPrompt_isAskedWithInPlaceOfLions() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Paris"))) {
            ChatModelTeacher.builder(ChatModelFixture.model(server))
                    .systemPrompt("You are the desk of {bank}.")
                    .domain("savings")
                    .build()
                    .answer(Instruction.of("Name it."));

            assertThat(message(server.requests().get(0), "system"))
                    .isEqualTo("You are the desk of {bank}.\n\nWhat you are used for: savings");
            assertThat(message(server.requests().get(0), "user")).isEqualTo("Name it.");
        }
    }
}
