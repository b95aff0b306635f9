package dev.lion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesWriterTest {
    @TempDir
    private Path temp;

    private Path file;

    @BeforeEach
    void name() {
        file = temp.resolve("lines.jsonl");
    }

    @Test
    void append_thenOpenedAgain_goesOnBehindTheLastLine() throws IOException {
        try (var writer = JsonLinesWriter.open(file)) {
            writer.append("{\"a\":\"ö\"}");
        }
        try (var writer = JsonLinesWriter.open(file)) {
            writer.append("{}");
            assertThat(writer.length()).isEqualTo(Files.size(file)).isEqualTo(14);
        }
        assertThat(Files.readString(file)).isEqualTo("{\"a\":\"ö\"}\n{}\n");
    }

    @Test
    void open_lastLineCutOff_removesIt() throws IOException {
        Files.writeString(file, "{\"whole\":1}\n{\"long\":\"" + "x".repeat(20_000));
        try (var writer = JsonLinesWriter.open(file)) {
            writer.append("{}");
        }
        assertThat(Files.readAllLines(file)).containsExactly("{\"whole\":1}", "{}");
    }

    @Test
    void append_halfASurrogatePair_comesBackAsItWas() throws IOException {
        String text = "cut \uD83D here, whole \uD83D\uDE00 there";
        try (var writer = JsonLinesWriter.open(file)) {
            writer.append("{\"t\":\"" + text + "\"}");
        }
        assertThat(new ObjectMapper().readTree(file.toFile()).path("t").asText())
                .isEqualTo(text);
    }

    @Test
    void append_lineBreak_isRefused() throws IOException {
        try (var writer = JsonLinesWriter.open(file)) {
            assertThatThrownBy(() -> writer.append("{\n}")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void open_openAlready_isRefused() throws IOException {
        try (var writer = JsonLinesWriter.open(file)) {
            assertThatThrownBy(() -> JsonLinesWriter.open(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + " is open for writing");
            writer.append("{}");
        }
        assertThat(Files.readAllLines(file)).containsExactly("{}");
    }

    @Test
    void append_severalThreads_keepsEveryLineWhole() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (var writer = JsonLinesWriter.open(file)) {
            List<Callable<Boolean>> calls = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        for (int i = 0; i < 200; i++) {
                            writer.append("\"" + thread + "-" + i + "-" + "z".repeat(i) + "\"");
                        }
                        return true;
                    })
                    .toList();
            for (var done : threads.invokeAll(calls)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Files.readAllLines(file)).hasSize(1600).allMatch(line -> line.matches("\"\\d-\\d+-z*\""));
    }
}
