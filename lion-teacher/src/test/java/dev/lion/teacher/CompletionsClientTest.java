package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.LogProb;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.lion.teacher.chat.ChatModelDecorator;
import org.junit.jupiter.api.Test;

/** What of the chat-completions protocol reaches the caller through a decorator, over OpenAI's real client. */
class CompletionsClientTest {
    /** Changes nothing. */
    private static final class Plain extends ChatModelDecorator {
        Plain(ChatModel model) {
            super(model);
        }

        @Override
        public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
            return ask(request, options);
        }
    }

    @Test
    void chat_logProbabilitiesAskedFor_areInTheMetadata() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Paris of course"))) {
            ChatResponse response = new Plain(ChatModelFixture.model(server))
                    .chat(ChatRequest.builder()
                            .messages(UserMessage.from("The capital of France?"))
                            .parameters(OpenAiChatRequestParameters.builder()
                                    .logprobs(true)
                                    .topLogprobs(2)
                                    .build())
                            .build());
            var probabilities = ((OpenAiChatResponseMetadata) response.metadata()).logProbs();

            assertThat(probabilities).extracting(LogProb::token).containsExactly("Paris", " of", " course");
            assertThat(probabilities).extracting(LogProb::logprob).containsOnly(-0.25);
            assertThat(probabilities.get(0).topLogprobs())
                    .extracting(LogProb::token)
                    .containsExactly("Paris", "other1");
            assertThat(server.requests().get(0).get("top_logprobs").asInt()).isEqualTo(2);
            assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(7);
        }
    }

    @Test
    void chat_logProbabilitiesNotAskedFor_areNotThere() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("Paris"))) {
            ChatResponse response = ChatModelFixture.model(server)
                    .chat(ChatRequest.builder().messages(UserMessage.from("?")).build());

            assertThat(((OpenAiChatResponseMetadata) response.metadata()).logProbs())
                    .isNullOrEmpty();
        }
    }

    @Test
    void chat_jsonSchema_reachesTheServerInTheProtocolsForm() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("{\"city\": \"Paris\"}"))) {
            var model = ChatModelFixture.builder(server).strictJsonSchema(true).build();
            ChatResponse response = new Plain(model)
                    .chat(ChatRequest.builder()
                            .messages(UserMessage.from("The capital of France?"))
                            .responseFormat(ResponseFormat.builder()
                                    .type(ResponseFormatType.JSON)
                                    .jsonSchema(JsonSchema.builder()
                                            .name("capital")
                                            .rootElement(JsonObjectSchema.builder()
                                                    .addStringProperty("city")
                                                    .required("city")
                                                    .build())
                                            .build())
                                    .build())
                            .build());
            JsonNode format = server.requests().get(0).get("response_format");

            assertThat(format.get("type").asText()).isEqualTo("json_schema");
            assertThat(format.get("json_schema").get("name").asText()).isEqualTo("capital");
            assertThat(format.get("json_schema").get("strict").asBoolean()).isTrue();
            assertThat(format.at("/json_schema/schema/properties/city/type").asText())
                    .isEqualTo("string");
            assertThat(response.aiMessage().text()).isEqualTo("{\"city\": \"Paris\"}");
        }
    }
}
