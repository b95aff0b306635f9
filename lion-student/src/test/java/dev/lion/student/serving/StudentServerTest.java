package dev.lion.student.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.student.LoadedStudent;
import dev.lion.student.UntrainedStudent;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Message;
import java.io.IOException;
import java.net.BindException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentServerTest {
    private static final String QUESTION = "\"messages\": [{\"role\": \"user\", \"content\": \"a question\"}]";

    private static final String QUESTION_IN_LATIN =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"a quest\u00EEon\"}]}";

    @TempDir
    private static Path temp;

    private static LoadedStudent student;
    private static StudentServer server;
    private static RawClient client;

    @BeforeAll
    static void serve() throws IOException {
        student = UntrainedStudent.load(UntrainedStudent.write(temp), 4, 100);
        server = StudentServer.start(
                student,
                ServingConfig.builder()
                        .port(0)
                        .maxBodyBytes(10_000)
                        .maxMessages(3)
                        .maxTokens(50)
                        .build());
        client = new RawClient(server.url());
    }

    @AfterAll
    static void free() {
        server.close();
        student.close();
    }

    private static String expected(DecodingConfig decoding, long seed) throws InterruptedException {
        return student.answer(List.of(Message.user("a question")), decoding, seed, text -> {})
                .await()
                .text();
    }

    private static String content(RawClient.Reply reply) {
        return reply.body().at("/choices/0/message/content").asText();
    }

    @Test
    void completions_question_isAnsweredAsByTheStudent() throws Exception {
        var reply = client.post("{" + QUESTION + ", \"max_tokens\": 9, \"model\": \"untrained\", \"user\": \"me\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(content(reply)).isEqualTo(expected(DecodingConfig.greedy(9), 0));
        assertThat(reply.body().at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(reply.body().at("/usage").toString())
                .isEqualTo("{\"prompt_tokens\":%d,\"completion_tokens\":9,\"total_tokens\":%d}"
                        .formatted("a question\n".length(), "a question\n".length() + 9));
        assertThat(reply.body().path("object").asText()).isEqualTo("chat.completion");
    }

    @Test
    void completions_everySetting_reachesTheStudent() throws Exception {
        var reply = client.post(
                "{" + QUESTION + ", \"max_completion_tokens\": 12, \"temperature\": 1.5, \"top_p\": 0.9,"
                        + " \"top_k\": 40, \"min_p\": 0.01, \"repetition_penalty\": 1.2, \"seed\": 77, \"stop\": \"\\u0001\"}");

        assertThat(content(reply))
                .isEqualTo(expected(new DecodingConfig(1.5, 40, 0.9, 0.01, 1.2, 12, List.of("\u0001")), 77));
    }

    @Test
    void completions_sameRequestWithoutSeed_getsTheSameAnswer() throws Exception {
        String body = "{" + QUESTION + ", \"temperature\": 1.5, \"max_tokens\": 20";

        assertThat(content(client.post(body + "}"))).isEqualTo(content(client.post(body + "}")));
        assertThat(content(client.post(body + "}"))).isNotEqualTo(content(client.post(body + ", \"seed\": 1}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    '{"messages": []}' | messages
                    '{}' | messages
                    '{"messages": "hello"}' | messages
                    '{"messages": [5]}' | messages[0]
                    '{"messages": [{"content": "x"}]}' | messages[0].role
                    '{"messages": [{"role": "robot", "content": "x"}]}' | messages[0].role
                    '{"messages": [{"role": "tool", "content": "x"}]}' | messages[0].role
                    '{"messages": [{"role": "user"}]}' | messages[0].content
                    '{"messages": [{"role": "user", "content": 5}]}' | messages[0].content
                    '{"messages": [{"role": "user", "content": "\\uD800"}]}' | messages[0].content
                    '{"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}' | messages[0].content[0].type
                    '{"messages": [{"role": "user", "content": [{"type": "text"}]}]}' | messages[0].content[0].text
                    '{"messages": [{"role": "user", "content": "x"}, {"role": "system", "content": "x"}]}' | messages[1].role
                    '{"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "x"}]}' | messages
                    '{"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "", "tool_calls": [{}]}]}' | messages[1].tool_calls
                    """)
    void completions_wrongMessages_areRefusedNamingThePlace(String body, String field) throws Exception {
        assertRefused(client.post(body), 400, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "temperature": "hot" | temperature
                    "temperature": -0.1 | temperature
                    "temperature": 1e999 | temperature
                    "top_p": 0 | top_p
                    "min_p": 1 | min_p
                    "repetition_penalty": 0 | repetition_penalty
                    "top_k": 1.5 | top_k
                    "max_tokens": 0 | max_tokens
                    "max_tokens": 51 | max_tokens
                    "max_tokens": 99999999999999999999 | max_tokens
                    "max_tokens": 1, "max_completion_tokens": 2 | max_tokens
                    "seed": "x" | seed
                    "stop": [""] | stop
                    "stop": 5 | stop
                    "stop": ["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17"] | stop
                    "stream": 1 | stream
                    "stream_options": {"include_usage": true} | stream_options
                    "n": 2 | n
                    "tools": [{"type": "function"}] | tools
                    "tool_choice": "required" | tool_choice
                    "response_format": {"type": "json_object"} | response_format
                    "frequency_penalty": 0.5 | frequency_penalty
                    "presence_penalty": 0.5 | presence_penalty
                    "logit_bias": {"5": 1} | logit_bias
                    "logprobs": true | logprobs
                    "top_logprobs": 2 | top_logprobs
                    """)
    void completions_wrongSetting_isRefusedByName(String setting, String field) throws Exception {
        assertRefused(client.post("{" + QUESTION + ", " + setting + "}"), 400, field);
    }

    private static void assertRefused(RawClient.Reply reply, int status, String field) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error("param")).isEqualTo(field);
        assertThat(reply.error("type")).isEqualTo("invalid_request_error");
        assertThat(reply.error("message")).contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "5", "{} {}", "{\"messages\": NaN}", "\u0000", "\"text\""})
    void completions_noJsonObject_isRefused(String body) throws Exception {
        var reply = client.post(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error("message")).startsWith("the body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "ISO-8859-1"})
    void completions_notInUtf8_isRefused(String charset) throws Exception {
        byte[] body = QUESTION_IN_LATIN.getBytes(charset);

        var reply =
                RawClient.send(client.request("/chat/completions").POST(HttpRequest.BodyPublishers.ofByteArray(body)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error("code")).isEqualTo("invalid_json");
    }

    @Test
    void completions_byteOrderMarkOfUtf8_isPassedOver() throws Exception {
        assertThat(client.post("\uFEFF{" + QUESTION + ", \"max_tokens\": 1}").status())
                .isEqualTo(200);
    }

    @Test
    void completions_beyondWhatIsRead_isRefusedWithTheLimits() throws Exception {
        for (String body : List.of("[".repeat(9000), "{\"seed\": " + "9".repeat(5000) + "}")) {
            var reply = client.post(body);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error("message")).contains("1000 digits", "levels").doesNotContain("StreamRead");
        }
    }

    @Test
    void completions_numberOutOfRange_isShownInShort() throws Exception {
        assertThat(client.post("{" + QUESTION + ", \"seed\": 18446744073709551616}")
                        .error("message"))
                .isEqualTo("seed must be from -2^63 to 2^63 - 1, not 18446744073709551616");
        assertThat(client.post("{" + QUESTION + ", \"max_tokens\": " + "9".repeat(500) + "}")
                        .error("message"))
                .startsWith("max_tokens must be from 1 to 50, not 999")
                .hasSizeLessThan(150);
    }

    @Test
    void completions_stopOfAThousandCharacters_isTheLongest() throws Exception {
        String request = "{" + QUESTION + ", \"max_tokens\": 1, \"stop\": \"%s\"}";

        assertThat(client.post(request.formatted("x".repeat(1000))).status()).isEqualTo(200);
        assertRefused(client.post(request.formatted("x".repeat(1001))), 400, "stop");
        assertRefused(client.post(request.formatted("\\uDC00")), 400, "stop");
    }

    @Test
    void completions_tooMuch_isRefusedWithTheLimit() throws Exception {
        assertThat(client.post("x".repeat(10_001)).status()).isEqualTo(413);
        assertThat(client.post("x".repeat(5_000_000)).error("code")).isEqualTo("body_too_large");
        String message = "{\"role\": \"user\", \"content\": \"x\"},";
        assertRefused(
                client.post("{\"messages\": [" + message.repeat(3) + message.replace("},", "}") + "]}"),
                400,
                "messages");
    }

    @Test
    void completions_promptBeyondTheContext_saysSo() throws Exception {
        try (var wide =
                StudentServer.start(student, ServingConfig.builder().port(0).build())) {
            var reply = new RawClient(wide.url())
                    .post("{\"messages\": [{\"role\": \"user\", \"content\": \"" + "x".repeat(UntrainedStudent.CONTEXT)
                            + "\"}]}");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error("code")).isEqualTo("context_length_exceeded");
        }
    }

    @Test
    void completions_anotherModel_isNotFound() throws Exception {
        assertRefused(client.post("{" + QUESTION + ", \"model\": \"gpt-4o\"}"), 404, "model");
    }

    @Test
    void completions_bodyOfAnotherType_isRefused() throws Exception {
        var reply = RawClient.send(HttpRequest.newBuilder(
                        client.request("/chat/completions").build().uri())
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{" + QUESTION + "}")));

        assertThat(reply.status()).isEqualTo(415);
    }

    @Test
    void models_list_hasTheStudent() throws Exception {
        assertThat(client.get("/models").body().at("/data/0/id").asText()).isEqualTo("untrained");
        assertThat(client.get("/models/untrained").body().path("object").asText())
                .isEqualTo("model");
        assertThat(client.get("/models/other").status()).isEqualTo(404);
    }

    @Test
    void anything_pathOrMethodThatIsNotThere_isRefusedInTheSameForm() throws Exception {
        assertThat(client.get("/nothing").error("code")).isEqualTo("not_found");
        var reply = client.get("/chat/completions");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.response().headers().firstValue("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example:80",
                "",
                "10.0.0.1"
            })
    void anything_hostIsNotThisMachine_isRefused(String host) throws Exception {
        assertThat(statusOf("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\n"))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080"})
    void anything_hostIsThisMachine_isServed(String host) throws Exception {
        assertThat(statusOf("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\n"))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"http://evil.example, 403", "null, 403", "%%%, 403", "http://localhost:3000, 200", "http://[::1], 200"})
    void anything_pageOfAnotherOrigin_isRefused(String origin, int status) throws Exception {
        assertThat(statusOf("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin + "\r\n"))
                .isEqualTo(status);
    }

    private static int statusOf(String head) throws IOException {
        try (var socket = client.open(head + "Connection: close\r\n\r\n")) {
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply.toLowerCase(Locale.ROOT)).doesNotContain("access-control");
            return Integer.parseInt(reply.substring(9, 12));
        }
    }

    @Test
    void anything_withoutTheKey_isRefusedAndTheKeyIsNowhere() throws Exception {
        var key = ApiKey.of("sesame-opens");
        var config = ServingConfig.builder().port(0).key(key).build();
        try (var locked = StudentServer.start(student, config)) {
            var guest = new RawClient(locked.url());

            assertThat(guest.get("/models").status()).isEqualTo(401);
            assertThat(RawClient.send(guest.request("/models").header("Authorization", "Bearer sesame-opens-not"))
                            .error("message"))
                    .doesNotContain("sesame");
            assertThat(RawClient.send(guest.request("/models").header("Authorization", "Bearer sesame-opens"))
                            .status())
                    .isEqualTo(200);
            for (String scheme : List.of("bearer  ", "BEARER ", "Bearer\t")) {
                assertThat(RawClient.send(guest.request("/models").header("Authorization", scheme + "sesame-opens"))
                                .status())
                        .isEqualTo(200);
            }
            assertThat(RawClient.send(HttpRequest.newBuilder(locked.url().resolve("/health")))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(config.toString()).doesNotContain("sesame");
    }

    @Test
    void start_portIsTaken_saysSo() {
        var taken = ServingConfig.builder().port(server.url().getPort()).build();

        assertThatThrownBy(() -> StudentServer.start(student, taken)).isInstanceOf(BindException.class);
    }

    @Test
    void config_unusable_namesEveryFault() {
        assertThatThrownBy(
                        () -> ServingConfig.builder().port(70_000).maxTokens(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("port 70000", "maxTokens 0");
        for (String name : List.of(" ", "a\u001Bb", "a\nb", "a\u202Eb", "\uD800")) {
            assertThatThrownBy(() -> ServingConfig.builder().modelName(name).build())
                    .hasMessageContaining("modelName");
        }
        assertThatThrownBy(() -> ApiKey.of("two words")).isInstanceOf(IllegalArgumentException.class);
    }
}
