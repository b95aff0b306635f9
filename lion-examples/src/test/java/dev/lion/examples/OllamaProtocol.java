package dev.lion.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import dev.lion.teacher.ModelProtocol;
import java.io.IOException;
import java.time.Duration;

/** Ollama's {@code POST /api/chat}, through {@code langchain4j-ollama}. */
final class OllamaProtocol implements ModelProtocol {
    static final String PATH = "/api/chat";
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Running(ChatCompletionsServer server) implements Server {
        @Override
        public ChatModel client() {
            return OllamaChatModel.builder()
                    .baseUrl(server.root())
                    .modelName("configured")
                    .timeout(Duration.ofSeconds(10))
                    .maxRetries(0)
                    .build();
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
        return new Running(ChatCompletionsServer.start(PATH, request -> reply(script, request)));
    }

    private static Reply reply(Script script, JsonNode request) {
        Answer answer = script.answer(
                ChatCompletionsServer.message(request, "system"), ChatCompletionsServer.message(request, "user"));
        if (answer instanceof Answer.Text text) {
            return message(text.text(), text.isCut() ? "length" : "stop");
        }
        return answer instanceof Answer.Declined declined
                ? message(declined.text(), "stop") // the protocol has no word for it
                : failure(((Answer.Failure) answer).kind());
    }

    /** An answer that took 11 tokens in and 7 out. */
    static Reply message(String text, String doneReason) {
        ObjectNode body = JSON.createObjectNode()
                .put("model", "served")
                .put("created_at", "2026-11-22T12:00:00Z")
                .put("done_reason", doneReason)
                .put("done", true)
                .put("prompt_eval_count", 11)
                .put("eval_count", 7);
        body.putObject("message").put("role", "assistant").put("content", text);
        return ChatCompletionsServer.status(200, body.toString());
    }

    private static Reply failure(Kind kind) {
        return switch (kind) {
            case OVERLOADED -> ChatCompletionsServer.status(503, "{\"error\":\"server busy, please try again\"}");
            case RATE_LIMITED -> ChatCompletionsServer.status(429, "{\"error\":\"too many requests\"}");
            case WRONG_KEY -> ChatCompletionsServer.status(401, "{\"error\":\"unauthorized\"}");
        };
    }
}
