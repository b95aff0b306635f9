package dev.lion.student.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.student.LoadedStudent;
import dev.lion.student.UntrainedStudent;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that go away, stall or send nonsense, at a student with one row: whoever keeps it keeps all others out. */
@Tag("slow")
@Timeout(60)
class HostileClientsTest {
    private static final String ENDLESS =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"a question\"}], \"max_tokens\": 16000, \"stream\": %s}";
    private static final String SHORT =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"a question\"}], \"max_tokens\": 2}";
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final String OK_LINE = "HTTP/1.1 200 OK";

    @TempDir
    private Path temp;

    private LoadedStudent student;
    private StudentServer server;
    private RawClient client;

    @BeforeEach
    void serve() throws IOException {
        student = UntrainedStudent.load(UntrainedStudent.write(temp), 1, 1);
        server = StudentServer.start(
                student,
                ServingConfig.builder()
                        .port(0)
                        .maxTokens(UntrainedStudent.CONTEXT)
                        .maxConnections(20)
                        .modelName("long-".repeat(400)) // so that an answer is more than the system's buffers hold
                        .patience(Duration.ofMillis(500))
                        .grace(Duration.ZERO)
                        .build());
        client = new RawClient(server.url());
    }

    @AfterEach
    void free() {
        server.close();
        student.close();
    }

    /** Until the answer's first words are there, so that it has the row. */
    private Socket begun(boolean streamed) throws IOException {
        Socket socket = client.ask(ENDLESS.formatted(streamed));
        if (streamed) {
            var read = new StringBuilder();
            while (!read.toString().contains("\"content\":\"")
                    || read.indexOf("data:", read.indexOf("data:") + 1) < 0) {
                read.append(new String(socket.getInputStream().readNBytes(1), StandardCharsets.UTF_8));
            }
        }
        return socket;
    }

    private void assertRowIsFreed() throws Exception {
        int status = client.post(SHORT).status();
        while (status == TOO_MANY) {
            Thread.sleep(20);
            status = client.post(SHORT).status();
        }
        assertThat(status).isEqualTo(OK);
    }

    @Test
    void completions_clientGoesAwayInTheMiddleOfAStream_freesTheRow() throws Exception {
        begun(true).close();

        assertRowIsFreed();
    }

    @Test
    void completions_clientOfAWholeAnswerGoesAway_freesTheRow() throws Exception {
        begun(false).close();

        assertRowIsFreed();
    }

    @Test
    void completions_readerStalls_isHungUpOnAndTheRowIsFreed() throws Exception {
        try (Socket stalled = begun(true)) {
            assertRowIsFreed();
            assertThat(rest(stalled)).doesNotContain("[DONE]");
        }
    }

    @Test
    void completions_wholeAnswerThatWaitsForItsTurn_hasNoStatusYet() throws Exception {
        try (Socket other = begun(true);
                Socket waiting = client.ask(ENDLESS.formatted(false))) {
            waiting.setSoTimeout(1000 * (Completions.KNOCK_SECONDS + 1));
            var read = CompletableFuture.runAsync(() -> rest(other));

            assertThatThrownBy(() -> line(waiting)).isInstanceOf(SocketTimeoutException.class);

            assertThat(read).isNotCompleted();
        }
    }

    @Test
    void completions_longerThanAnyContext_isRefusedWithoutCountingItsTokens() throws Exception {
        String text = "a question ".repeat(90_000);
        var reply = client.post("{\"messages\": [{\"role\": \"user\", \"content\": \"" + text + "\"}]}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error("code")).isEqualTo("context_length_exceeded");
        assertThat(reply.error("message")).contains("at least");
    }

    @Test
    void completions_moreThanMayWait_getTooManyRequestsAndWhenToRetry() throws Exception {
        var others = new ArrayList<Socket>();
        try {
            others.add(begun(true));
            String status = OK_LINE;
            while (status.equals(OK_LINE)) {
                others.add(client.ask(ENDLESS.formatted(true)));
                status = line(others.get(others.size() - 1));
            }
            assertThat(status).startsWith("HTTP/1.1 429");
            assertThat(reply(others.get(others.size() - 1)))
                    .containsIgnoringCase("retry-after: 1\r\n")
                    .contains("\"code\":\"queue_full\"");
        } finally {
            for (Socket other : others) {
                other.close();
            }
        }
    }

    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append((char) socket.getInputStream().read());
        }
        return line.toString().strip();
    }

    /** Up to the end of its JSON. */
    private static String reply(Socket socket) throws IOException {
        var reply = new StringBuilder();
        while (reply.indexOf("}}") < 0) {
            reply.append((char) socket.getInputStream().read());
        }
        return reply.toString();
    }

    @Test
    void anything_requestThatIsNeverFinished_isHungUpOn() throws Exception {
        for (String unfinished : List.of(
                "",
                "POST /v1/chat",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{\"messages\"")) {
            try (Socket slow = client.open(unfinished)) {
                if (!unfinished.isEmpty()) {
                    assertThat(slow.getInputStream().readAllBytes()).isEmpty();
                }
            }
        }
        assertThat(client.get("/models").status()).isEqualTo(OK);
    }

    @Test
    void anything_nonsenseOrTooManyConnections_leavesTheServerServing() throws Exception {
        var idle = new ArrayList<Socket>();
        for (int i = 0; i < 40; i++) {
            idle.add(client.open(i % 2 == 0 ? "GET /v1/models HTT" : "\u0016\u0003\u0001\u0000\r\n\r\n"));
        }
        for (Socket socket : idle) {
            rest(socket); // until it is hung up on
            socket.close();
        }
        assertThat(client.get("/models").status()).isEqualTo(OK);
    }

    @Test
    void anything_moreThanAreOpenAtATime_isToldSo() throws Exception {
        var open = new ArrayList<Socket>();
        try (var full = StudentServer.start(
                student, ServingConfig.builder().port(0).maxConnections(2).build())) {
            var guest = new RawClient(full.url());
            open.add(guest.open("GET /v1/mod"));
            open.add(guest.open("GET /v1/mod"));
            Thread.sleep(200); // until both have their threads

            assertThat(guest.get("/models").error("code")).isEqualTo("too_many_connections");
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void anything_headThatIsNotFinished_isHungUpOnSoonerThanABody() throws Exception {
        var config = ServingConfig.builder().port(0).headPatience(Duration.ofMillis(200));
        try (var hasty = StudentServer.start(student, config.build());
                Socket slow = new RawClient(hasty.url()).open("GET /v1/mod")) {
            slow.setSoTimeout(10_000);

            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void close_answersUnderWay_endWithAnErrorOnce() throws Exception {
        try (Socket open = begun(true)) {
            var rest = CompletableFuture.supplyAsync(() -> rest(open));
            server.close();

            assertThat(rest.get()).contains("\"code\":\"server_closed\"").doesNotContain("[DONE]");
        }
    }

    private static String rest(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
