package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.teacher.ChatCompletionsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider's real client over loopback, with the headers read and the bodies guarded. */
@Timeout(30)
class ObservedHttpClientTest {
    private static final String PREFIX =
            "{\"id\":\"c\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"";
    private static final String SUFFIX = "\"}}]}";

    private final ProviderLimits limits = new ProviderLimits();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private OpenAiChatModel model(String baseUrl) {
        return model(baseUrl, ProviderLimits.MOST_REPLY_BYTES);
    }

    private OpenAiChatModel model(String baseUrl, long mostBytes) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(limits.httpClientBuilder(
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1), mostBytes))
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("m")
                .timeout(Duration.ofSeconds(5))
                .maxRetries(0)
                .build();
    }

    @FunctionalInterface
    private interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** A server that writes bytes as they are. */
    private HttpServer serve(int status, Body body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> reply(exchange, status, body));
        server.start();
        return server;
    }

    private static void reply(HttpExchange exchange, int status, Body body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, 0);
            body.writeTo(exchange.getResponseBody());
        }
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    @Test
    void chat_success_readsTheQuotas() throws IOException {
        String answer = "Zo\u00eb \ud83e\udd81 ".repeat(3000);
        var headers = Map.of("x-ratelimit-limit-requests", "60", "x-ratelimit-remaining-requests", "59");
        try (var server = ChatCompletionsServer.start(
                request -> ChatCompletionsServer.status(200, headers, PREFIX + answer + SUFFIX))) {
            assertThat(model(server.baseUrl()).chat("hi")).isEqualTo(answer);
        }
        assertThat(limits.requests()).contains(new Quota(60, 59, Duration.ZERO));
    }

    @Test
    void chat_refused_readsRetryAfterBeforeTheExceptionIsThere() throws IOException {
        try (var server = ChatCompletionsServer.start(
                request -> ChatCompletionsServer.status(429, Map.of("Retry-After", "20"), "{}"))) {
            var model = model(server.baseUrl());
            assertThatThrownBy(() -> model.chat("hi")).isInstanceOf(RateLimitException.class);
        }
        assertThat(limits.retryAfter())
                .hasValueSatisfying(
                        pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20)));
    }

    @Test
    void chat_replyWithoutEnd_failsInsteadOfFillingMemory() throws IOException {
        byte[] chunk = new byte[8192];
        Arrays.fill(chunk, (byte) 'a');
        HttpServer server = serve(200, out -> {
            out.write(PREFIX.getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(chunk);
            }
        });
        var model = model(url(server), 100_000);
        assertThatThrownBy(() -> model.chat("hi"))
                .hasRootCauseInstanceOf(IOException.class)
                .hasStackTraceContaining("the reply was cut off after 100000 bytes");
        server.stop(0);
    }

    @Test
    void chat_endlessRefusal_keepsItsStatus() throws IOException {
        HttpServer server = serve(401, out -> {
            while (true) {
                out.write("no! ".repeat(1000).getBytes(StandardCharsets.UTF_8));
            }
        });
        var model = model(url(server), 100_000);
        assertThatThrownBy(() -> model.chat("hi"))
                .hasRootCauseInstanceOf(HttpException.class)
                .satisfies(
                        failure -> assertThat(CallFailure.of(failure).status()).hasValue(401));
        server.stop(0);
    }

    @Test
    void chat_replyThatIsNotUtf8_failsAndSaysSo() throws IOException {
        HttpServer server =
                serve(200, out -> out.write((PREFIX + "caf\u00e9" + SUFFIX).getBytes(StandardCharsets.ISO_8859_1)));
        var model = model(url(server));
        assertThatThrownBy(() -> model.chat("hi"))
                .hasStackTraceContaining("the reply is not valid UTF-8")
                .satisfies(failure ->
                        assertThat(CallFailure.of(failure).reason()).isEqualTo(CallFailure.Reason.UNREADABLE));
        server.stop(0);
    }

    @Test
    void chat_replyCutInsideACharacter_failsAndSaysSo() throws IOException {
        HttpServer server = serve(200, out -> {
            out.write(PREFIX.getBytes(StandardCharsets.UTF_8));
            out.write(0xC3);
        });
        var model = model(url(server));
        assertThatThrownBy(() -> model.chat("hi")).hasStackTraceContaining("the reply is not valid UTF-8");
        server.stop(0);
    }

    @Test
    void build_timeouts_reachTheClient() {
        HttpClient client = new ObservedHttpClientBuilder(HttpClient.newBuilder(), new ReplyWatch(limits, 1))
                .connectTimeout(Duration.ofSeconds(3))
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        assertThat(client.connectTimeout()).contains(Duration.ofSeconds(3));
        assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void httpClientBuilder_noRoomForAReply_isRefused() {
        assertThatThrownBy(() -> limits.httpClientBuilder(HttpClient.newBuilder(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mostReplyBytes must be at least 1, was 0");
    }
}
