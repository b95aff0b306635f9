package dev.lion.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A server on the loopback interface that speaks the messages protocol, {@code POST /v1/messages}, so that tests go through a
 * real client. What it replies is a function of the request, called from several threads at once; what it was asked is kept.
 */
public final class MessagesServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChatCompletionsServer server;

    private MessagesServer(ChatCompletionsServer server) {
        this.server = server;
    }

    /** Starts a server on a free port. */
    public static MessagesServer start(Function<JsonNode, Reply> script) throws IOException {
        return new MessagesServer(ChatCompletionsServer.start("/v1/messages", script));
    }

    /** A complete answer that took 11 tokens in and 7 out. */
    public static Reply message(String text) {
        return message(text, "end_turn", 11, 7);
    }

    /** An answer with its stop reason, such as {@code max_tokens} or {@code refusal}, and its tokens. */
    public static Reply message(String text, String stopReason, int inputTokens, int outputTokens) {
        ObjectNode body = JSON.createObjectNode()
                .put("id", "msg_1")
                .put("type", "message")
                .put("role", "assistant")
                .put("model", "served")
                .put("stop_reason", stopReason)
                .putNull("stop_sequence");
        var content = body.putArray("content");
        if (!text.isEmpty()) {
            content.addObject().put("type", "text").put("text", text);
        }
        body.putObject("usage").put("input_tokens", inputTokens).put("output_tokens", outputTokens);
        return ChatCompletionsServer.status(200, body.toString());
    }

    /** An error in the protocol's envelope, such as 529 {@code overloaded_error} or 429 {@code rate_limit_error}. */
    public static Reply error(int status, String type, String message) {
        return error(status, type, message, Map.of());
    }

    /** The same with headers, such as {@code retry-after}. */
    public static Reply error(int status, String type, String message, Map<String, String> headers) {
        ObjectNode body = JSON.createObjectNode().put("type", "error").put("request_id", "req_1");
        body.putObject("error").put("type", type).put("message", message);
        return ChatCompletionsServer.status(status, headers, body.toString());
    }

    /** The text of a request's system prompt, whose blocks are joined. */
    public static String system(JsonNode request) {
        return text(request.path("system"));
    }

    /** The text of a request's last message. */
    public static String user(JsonNode request) {
        JsonNode messages = request.path("messages");
        return text(messages.path(messages.size() - 1).path("content"));
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder joined = new StringBuilder();
        content.forEach(block -> joined.append(block.path("text").asText()));
        return joined.toString();
    }

    /** What to give a client as its base URL. */
    public String baseUrl() {
        return server.baseUrl();
    }

    /** The bodies of all requests so far, in the order of their arrival. */
    public List<JsonNode> requests() {
        return server.requests();
    }

    /** What all requests so far said in a header. */
    public List<String> header(String name) {
        return server.header(name);
    }

    @Override
    public void close() {
        server.close();
    }
}
