package dev.lion.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server on the loopback interface that speaks the chat-completions protocol, so that tests go through a real client.
 * What it replies is a function of the request, called from several threads at once; what it was asked is kept.
 *
 * <pre>{@code
 * try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("Paris"))) {
 *     var model = OpenAiChatModel.builder().baseUrl(server.baseUrl()).apiKey("test").modelName("m").maxRetries(0).build();
 *     ...
 *     assertThat(server.requests()).hasSize(1);
 * }
 * }</pre>
 */
public final class ChatCompletionsServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Function<JsonNode, Reply> script;
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();

    /** What the server does with a request. */
    public sealed interface Reply {}

    record Body(int status, Map<String, String> headers, String body) implements Reply {}

    private record Disconnect() implements Reply {}

    private ChatCompletionsServer(HttpServer server, Function<JsonNode, Reply> script) {
        this.server = server;
        this.script = script;
    }

    /** Starts a server on a free port. A request for {@code logprobs} is given some beside what the script replies. */
    public static ChatCompletionsServer start(Function<JsonNode, Reply> script) throws IOException {
        return start(0, script);
    }

    /** Starts a server on a port, such as that of one that was closed. */
    public static ChatCompletionsServer start(int port, Function<JsonNode, Reply> script) throws IOException {
        return start(port, "/v1/chat/completions", request -> LogProbabilities.added(request, script.apply(request)));
    }

    /** Starts a server that takes its requests at another path, for another protocol. */
    public static ChatCompletionsServer start(String path, Function<JsonNode, Reply> script) throws IOException {
        return start(0, path, script);
    }

    private static ChatCompletionsServer start(int port, String path, Function<JsonNode, Reply> script)
            throws IOException {
        var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        var http = HttpServer.create(address, 0);
        var server = new ChatCompletionsServer(http, script);
        http.createContext(path, server::handle);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    /** A complete answer that took 11 tokens in and 7 out. */
    public static Reply completion(String content) {
        return completion(content, "stop", 11, 7);
    }

    /** An answer with its finish reason, such as {@code length}, and its tokens. */
    public static Reply completion(String content, String finishReason, int promptTokens, int completionTokens) {
        var usage = JSON.createObjectNode()
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens)
                .put("total_tokens", promptTokens + completionTokens);
        var body = JSON.createObjectNode()
                .put("id", "c-1")
                .put("object", "chat.completion")
                .put("model", "served");
        body.putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", finishReason)
                .putObject("message")
                .put("role", "assistant")
                .put("content", content);
        body.set("usage", usage);
        return status(200, body.toString());
    }

    /** Any status with any body. */
    public static Reply status(int status, String body) {
        return status(status, Map.of(), body);
    }

    /** Any status with headers, such as {@code Retry-After}, and any body. */
    public static Reply status(int status, Map<String, String> headers, String body) {
        return new Body(status, Map.copyOf(headers), body);
    }

    /** The connection is closed without a reply. */
    public static Reply disconnect() {
        return new Disconnect();
    }

    /** The text of a request's message by its role, {@code system} or {@code user}; the last one of several. */
    public static String message(JsonNode request, String role) {
        String text = null;
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asText().equals(role)) {
                text = message.path("content").asText();
            }
        }
        return Objects.requireNonNull(text, () -> "no message of the role " + role + " in " + request);
    }

    /** What to give a client as its base URL. */
    public String baseUrl() {
        return root() + "/v1";
    }

    /** The address without a path. */
    public String root() {
        return "http://127.0.0.1:" + port();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The bodies of all requests so far, in the order of their arrival. */
    public List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    /** The {@code Authorization} headers of all requests so far. */
    public List<String> authorizations() {
        return header("Authorization");
    }

    /** What all requests so far said in a header; {@code null} as a word where it was missing. */
    public List<String> header(String name) {
        return headers.stream().map(each -> String.valueOf(each.getFirst(name))).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            requests.add(request);
            headers.add(exchange.getRequestHeaders());
            if (reply(request) instanceof Body body) {
                send(exchange, body);
            }
        }
    }

    private Reply reply(JsonNode request) {
        try {
            return script.apply(request);
        } catch (RuntimeException | AssertionError e) {
            return status(400, "the script of the test server failed: " + e);
        }
    }

    private static void send(HttpExchange exchange, Body reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
