package dev.lion.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.run.RecordType;
import dev.lion.run.RunDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatchServerTest {
    @TempDir
    private Path temp;

    private Path folder = Path.of("");
    private Optional<WatchServer> server = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        folder = temp.resolve("later/run");
        server = Optional.of(WatchServer.start(new RunWatch(folder), 0));
    }

    @AfterEach
    void close() {
        server.ifPresent(WatchServer::close);
    }

    @Test
    void status_runFromBeforeItsBeginToItsEnd_saysWhereItIs() throws Exception {
        assertThat(get("/status")).contains("\"phase\":\"waiting\"", "\"version\":\"\"", "there is no run in");
        assertThat(get("/report")).startsWith("HTTP/1.1 503").contains("no run in");

        try (RunDirectory run = WatchedRun.begun(folder)) {
            assertThat(get("/status")).contains("\"phase\":\"running\"", "The run begins.");
            String begun = version();
            try (var journal = run.iteration(0).journal(RecordType.ANSWERS)) {
                journal.append(WatchedRun.answer(WatchedRun.SEEDS.instructions().get(0)));
            }
            assertThat(get("/status")).contains("Iteration 0 is under way: 1 answers of the teacher.");
            String before = version();
            assertThat(before).isNotEqualTo(begun).isEqualTo(version());

            WatchedRun.finish(run);
            assertThat(version()).isNotEqualTo(before);
        }
        assertThat(get("/status")).contains("\"phase\":\"ended\"", "The run has ended.");
    }

    @Test
    void report_runGoesOn_isMadeAnewOnlyForAnotherVersion() throws Exception {
        try (RunDirectory run = WatchedRun.begun(folder)) {
            assertThat(get("/report"))
                    .startsWith("HTTP/1.1 200")
                    .contains("Nothing is finished yet", "frame-ancestors 'self'");
            String made = get("/report");
            Files.writeString(
                    run.path().resolve("seeds.jsonl"), "not read again", StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(body(get("/report"))).isEqualTo(body(made));
        }
    }

    @Test
    void report_runIsFinished_showsIt() throws Exception {
        try (RunDirectory run = WatchedRun.begun(folder)) {
            WatchedRun.finish(run);
        }
        assertThat(get("/report")).contains("The student has imitated 2 answers", "0 iterations finished");
    }

    @Test
    void look_lockNamesAProcessThatIsGone_saysThatTheRunIsNotUnderWay() throws Exception {
        try (RunDirectory run = WatchedRun.begun(folder)) {
            run.iteration(0).trainingDirectory();
        }
        Files.writeString(folder.resolve("lock"), "process 999999999, started 2026-01-01T00:00:00Z\n");
        assertThat(get("/status")).contains("\"phase\":\"ended\"", "the command that began it continues it");

        String other = "process " + ProcessHandle.current().pid() + ", started 2001-01-01T00:00:00Z\n";
        Files.writeString(folder.resolve("lock"), other);
        assertThat(get("/status")).contains("\"phase\":\"ended\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "127.0.0.1.attacker.example:8081",
                "localhost.attacker.example",
                "",
                "127.0.0.2"
            })
    void any_nameOfAnotherMachine_isRefused(String host) throws Exception {
        for (String path : List.of("/", "/status", "/report", "/watch.js")) {
            assertThat(request("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://attacker.example,403",
        "null,403",
        "http://localhost.attacker.example,403",
        "http://127.0.0.1:9,200"
    })
    void any_pageOfAnOrigin_isAnsweredOnlyFromThisMachine(String origin, int status) throws Exception {
        String reply = request(
                "GET /status HTTP/1.1\r\nHost: localhost:1\r\nOrigin: " + origin + "\r\nConnection: close\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 " + status).doesNotContainIgnoringCase("Access-Control");
    }

    @Test
    void any_otherMethodOrPath_isRefused() throws Exception {
        assertThat(request(
                        "POST /status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
        for (String path : List.of("/run.json", "/../run.json", "/report/x", "/%2e%2e/run.json")) {
            assertThat(get(path)).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void page_itself_needsNothingFromElsewhere() throws Exception {
        assertThat(get("/"))
                .startsWith("HTTP/1.1 200")
                .contains("default-src 'none'", "frame-ancestors 'none'", "nosniff")
                .doesNotContain("http:", "https:");
        assertThat(get("/watch.js"))
                .contains("text/javascript", "\"use strict\"")
                .doesNotContain("innerHTML");
        assertThat(get("/watch.css")).contains("text/css").doesNotContain("url(");
    }

    private String version() throws IOException {
        return get("/status").replaceFirst("(?s).*\"version\":\"([^\"]*)\".*", "$1");
    }

    private static String body(String reply) {
        return reply.substring(reply.indexOf("<!DOCTYPE"));
    }

    private String get(String path) throws IOException {
        return request("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    }

    private String request(String head) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.orElseThrow().url().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
