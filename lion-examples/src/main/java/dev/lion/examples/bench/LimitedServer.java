package dev.lion.examples.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A server on the loopback interface that speaks the chat-completions protocol, takes 0.2 to 2 s for an answer, and enforces a
 * limit with status 429 and {@code Retry-After} in whole seconds. One thread decides, so calls are counted one after another.
 */
final class LimitedServer implements AutoCloseable {
    private static final String ANSWER =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"served\",\"choices\":[{"
                    + "\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"ok\"}}],"
                    + "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}}";
    private static final String REFUSAL = "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\"}}";
    private static final int PROMPT_TOKENS = 20;

    private final HttpServer server;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final ServerLimit limit;
    private final boolean tellsLimit;
    private final Random random;
    private final long start = System.nanoTime();
    private volatile long accepted;
    private volatile long refused;

    private LimitedServer(HttpServer server, ServerLimit limit, boolean tellsLimit, long seed) {
        this.server = server;
        this.limit = limit;
        this.tellsLimit = tellsLimit;
        this.random = new Random(seed);
    }

    /** Starts a server on a free port, which tells its limit in headers or does not. */
    static LimitedServer start(ServerLimit limit, boolean tellsLimit, long seed) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var server = new LimitedServer(http, limit, tellsLimit, seed);
        http.createContext("/v1/chat/completions", server::handle);
        http.setExecutor(server.thread);
        http.start();
        return server;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The calls that were let through so far. */
    long accepted() {
        return accepted;
    }

    /** The calls that were refused so far. */
    long refused() {
        return refused;
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        int tokens = PROMPT_TOKENS + random.nextInt(2 * (ServerLimit.MEAN_TOKENS - PROMPT_TOKENS) + 1);
        double pause = limit.ask((System.nanoTime() - start) / 1e9, tokens);
        if (pause > 0) {
            refused = refused + 1;
            exchange.getResponseHeaders().set("Retry-After", String.valueOf((long) Math.max(1, Math.ceil(pause))));
            send(exchange, 429, REFUSAL);
            return;
        }
        accepted = accepted + 1;
        String answer = String.format(ANSWER, PROMPT_TOKENS, tokens - PROMPT_TOKENS, tokens);
        thread.schedule(() -> answer(exchange, answer), 200 + random.nextInt(1801), TimeUnit.MILLISECONDS);
    }

    private void answer(HttpExchange exchange, String body) {
        limit.end();
        try {
            send(exchange, 200, body);
        } catch (IOException e) {
            exchange.close(); // the client has gone, as at the end of a measurement
        }
    }

    private void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        Map<String, String> headers = tellsLimit ? limit.headers() : Map.of();
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }
}
