package dev.lion.teacher.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.model.anthropic.AnthropicBatchChatModel;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.lion.teacher.MessagesServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A server on the loopback interface that speaks Anthropic's documented protocol for messages and for batches of them:
 * {@code POST /v1/messages}, {@code POST|GET /v1/messages/batches}, {@code GET …/{id}}, {@code GET …/{id}/results} (JSON lines
 * in an order of their own) and {@code POST …/{id}/cancel}. What a message is answered with follows from its text.
 */
final class MessageBatchesServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BATCHES = "/v1/messages/batches";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Batch> batches = new LinkedHashMap<>();
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private int looks = 1;
    private int errorEvery = Integer.MAX_VALUE;
    private String errorType = "expired";
    private int statusOfSubmissions = 200;
    private int statusOfLooks = 200;
    private int looksWithThatStatus;
    private int linesToDrop;
    private int polled;

    private static final class Batch {
        private final ArrayNode requests;
        private int looks;
        private boolean cancelled;

        private Batch(ArrayNode requests) {
            this.requests = requests;
        }
    }

    private record Reply(int status, String body) {}

    private MessageBatchesServer(HttpServer server) {
        this.server = server;
    }

    static MessageBatchesServer start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        MessageBatchesServer server = new MessageBatchesServer(HttpServer.create(address, 0));
        server.server.createContext("/v1/messages", server::handle);
        server.server.setExecutor(server.threads);
        server.server.start();
        return server;
    }

    /** A batch has ended at its n-th look. */
    synchronized MessageBatchesServer endingAfter(int numberOfLooks) {
        looks = numberOfLooks;
        return this;
    }

    /** Every n-th request of a batch ends so: {@code expired}, {@code canceled}, or with an error of this type. */
    synchronized MessageBatchesServer failingEvery(int requests, String type) {
        errorEvery = requests;
        errorType = type;
        return this;
    }

    /** Batches are answered with this HTTP status. */
    synchronized MessageBatchesServer refusing(int status) {
        statusOfSubmissions = status;
        return this;
    }

    /** The next looks at a batch are answered with this HTTP status. */
    synchronized MessageBatchesServer downForLooks(int numberOfLooks, int status) {
        looksWithThatStatus = numberOfLooks;
        statusOfLooks = status;
        return this;
    }

    /** Results lack this many lines. */
    synchronized MessageBatchesServer dropping(int lines) {
        linesToDrop = lines;
        return this;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    static AnthropicChatModel single(String baseUrl) {
        return AnthropicChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test-key")
                .modelName("claude-test")
                .timeout(Duration.ofSeconds(10))
                .maxRetries(0)
                .build();
    }

    static AnthropicBatchChatModel batches(String baseUrl) {
        return AnthropicBatchChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test-key")
                .modelName("claude-test")
                .timeout(Duration.ofSeconds(10))
                .maxRetries(0)
                .build();
    }

    /** The requests of each batch that was taken. */
    synchronized List<List<JsonNode>> submitted() {
        return batches.values().stream()
                .map(batch -> {
                    List<JsonNode> params = new ArrayList<>();
                    batch.requests.forEach(request -> params.add(request.path("params")));
                    return params;
                })
                .toList();
    }

    /** The texts of the messages that were sent one by one. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    /** How often a batch was looked at. */
    synchronized int polled() {
        return polled;
    }

    synchronized List<String> cancelled() {
        return batches.entrySet().stream()
                .filter(batch -> batch.getValue().cancelled)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply =
                    reply(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply reply(String method, String path, String body) throws IOException {
        if (path.equals("/v1/messages")) {
            JsonNode request = JSON.readTree(body);
            messages.add(MessagesServer.user(request));
            return new Reply(200, message(request).toString());
        }
        return batchReply(method, path, body);
    }

    private synchronized Reply batchReply(String method, String path, String body) throws IOException {
        if (path.equals(BATCHES)) {
            return method.equals("POST") ? take((ArrayNode) JSON.readTree(body).path("requests")) : list();
        }
        List<String> names = List.of(path.substring(BATCHES.length() + 1).split("/", -1));
        Optional<Batch> batch = Optional.ofNullable(batches.get(names.get(0)));
        if (batch.isEmpty()) {
            return error(404, "not_found_error", "no such batch");
        }
        return switch (names.size() == 1 ? "" : names.get(1)) {
            case "results" -> new Reply(200, results(batch.get()));
            case "cancel" -> {
                batch.get().cancelled = true;
                yield new Reply(200, described(names.get(0), batch.get()).toString());
            }
            default -> look(names.get(0), batch.get());
        };
    }

    private Reply take(ArrayNode requests) {
        if (statusOfSubmissions != 200) {
            return error(statusOfSubmissions, "invalid_request_error", "no batches here");
        }
        String id = "msgbatch_" + batches.size();
        batches.put(id, new Batch(requests));
        return new Reply(200, described(id, batches.get(id)).toString());
    }

    private Reply list() {
        ObjectNode page = JSON.createObjectNode().put("has_more", false).putNull("last_id");
        ArrayNode data = page.putArray("data");
        batches.forEach((id, batch) -> data.add(described(id, batch)));
        return new Reply(200, page.toString());
    }

    private Reply look(String id, Batch batch) {
        polled++;
        if (looksWithThatStatus > 0) {
            looksWithThatStatus--;
            return error(statusOfLooks, "api_error", "down");
        }
        batch.looks++;
        return new Reply(200, described(id, batch).toString());
    }

    private ObjectNode described(String id, Batch batch) {
        boolean ended = batch.looks >= looks || batch.cancelled;
        ObjectNode node = JSON.createObjectNode()
                .put("id", id)
                .put("type", "message_batch")
                .put("processing_status", ended ? "ended" : "in_progress")
                .put("created_at", "2026-11-22T10:00:00Z")
                .put("expires_at", "2026-11-23T10:00:00Z");
        return batch.cancelled
                ? node.put("cancel_initiated_at", "2026-11-22T11:00:00Z")
                : node.putNull("cancel_initiated_at");
    }

    private String results(Batch batch) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < batch.requests.size() - linesToDrop; i++) {
            JsonNode request = batch.requests.get(i);
            ObjectNode line = JSON.createObjectNode()
                    .put("custom_id", request.path("custom_id").asText());
            result(line.putObject("result"), request.path("params"), (i + 1) % errorEvery == 0, batch.cancelled);
            lines.add(line.toString());
        }
        Collections.shuffle(lines, new Random(7)); // the protocol promises no order
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private void result(ObjectNode result, JsonNode params, boolean failing, boolean cancelled) {
        if (cancelled) {
            result.put("type", "canceled");
        } else if (!failing) {
            result.put("type", "succeeded").set("message", message(params));
        } else if (errorType.endsWith("_error")) {
            ObjectNode error = result.put("type", "errored").putObject("error").put("type", "error");
            error.putObject("error").put("type", errorType).put("message", "it went wrong");
        } else {
            result.put("type", errorType);
        }
    }

    private static ObjectNode message(JsonNode request) {
        String user = MessagesServer.user(request);
        ObjectNode message = JSON.createObjectNode()
                .put("id", "msg_1")
                .put("type", "message")
                .put("role", "assistant")
                .put("model", "claude-test")
                .put("stop_reason", "end_turn")
                .putNull("stop_sequence");
        message.putArray("content").addObject().put("type", "text").put("text", answer(user));
        message.putObject("usage").put("input_tokens", user.length()).put("output_tokens", 20);
        return message;
    }

    // scores for a referee's question, the question's own text for a teacher's
    private static String answer(String user) {
        int hash = user.hashCode() & 0xFFFF;
        return user.contains("<<<BEGIN ANSWER 1")
                ? "As far as I know.\nScore of answer 1: " + (1 + hash % 10) + "\nScore of answer 2: "
                        + (1 + hash / 10 % 10)
                : "You said: " + user;
    }

    private static Reply error(int status, String type, String message) {
        ObjectNode body = JSON.createObjectNode().put("type", "error");
        body.putObject("error").put("type", type).put("message", message);
        return new Reply(status, body.toString());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
