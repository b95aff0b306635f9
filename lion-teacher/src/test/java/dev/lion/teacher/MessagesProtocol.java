package dev.lion.teacher;

import static dev.lion.teacher.MessagesServer.error;
import static dev.lion.teacher.MessagesServer.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import java.io.IOException;
import java.time.Duration;

/** Messages, through {@code langchain4j-anthropic}. */
final class MessagesProtocol implements ModelProtocol {
    static AnthropicChatModel.AnthropicChatModelBuilder builder(MessagesServer server) {
        return AnthropicChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey(ChatModelFixture.KEY)
                .modelName("configured")
                .timeout(Duration.ofSeconds(10))
                .maxRetries(0);
    }

    private record Running(MessagesServer server) implements Server {
        @Override
        public ChatModel client() {
            return builder(server).build();
        }

        @Override
        public int requests() {
            return server.requests().size();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public Server start(Script script) throws IOException {
        return new Running(MessagesServer.start(request -> reply(script, request)));
    }

    private static Reply reply(Script script, JsonNode request) {
        Answer answer = script.answer(MessagesServer.system(request), MessagesServer.user(request));
        if (answer instanceof Answer.Text text) {
            return message(text.text(), text.isCut() ? "max_tokens" : "end_turn", 11, 7);
        }
        return answer instanceof Answer.Declined declined
                ? message(declined.text(), "refusal", 11, 7)
                : failure(((Answer.Failure) answer).kind());
    }

    private static Reply failure(Kind kind) {
        return switch (kind) {
            case OVERLOADED -> error(529, "overloaded_error", "Overloaded");
            case RATE_LIMITED -> error(429, "rate_limit_error", "This request would exceed the rate limit");
            case WRONG_KEY -> error(401, "authentication_error", "invalid x-api-key");
        };
    }
}
