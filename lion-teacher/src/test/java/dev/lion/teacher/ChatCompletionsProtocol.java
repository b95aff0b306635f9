package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.message;
import static dev.lion.teacher.ChatCompletionsServer.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.ChatModel;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import java.io.IOException;

/** Chat completions, through {@code langchain4j-open-ai}. */
final class ChatCompletionsProtocol implements ModelProtocol {
    private record Running(ChatCompletionsServer server) implements Server {
        @Override
        public ChatModel client() {
            return ChatModelFixture.model(server);
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
        return new Running(ChatCompletionsServer.start(request -> reply(script, request)));
    }

    private static Reply reply(Script script, JsonNode request) {
        Answer answer = script.answer(message(request, "system"), message(request, "user"));
        if (answer instanceof Answer.Text text) {
            return completion(text.text(), text.isCut() ? "length" : "stop", 11, 7);
        }
        return answer instanceof Answer.Declined declined
                ? completion(declined.text(), "content_filter", 11, 7)
                : failure(((Answer.Failure) answer).kind());
    }

    private static Reply failure(Kind kind) {
        return switch (kind) {
            case OVERLOADED -> status(503, "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}");
            case RATE_LIMITED -> status(429, "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\"}}");
            case WRONG_KEY -> status(401, "{\"error\":{\"message\":\"wrong key\",\"code\":\"invalid_api_key\"}}");
        };
    }
}
