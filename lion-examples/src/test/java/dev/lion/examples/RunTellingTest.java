package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.examples.watch.RunWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTellingTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path temp;

    @Test
    void look_runCannotBeReadForAWhile_saysSoOnceAndGoesOn() throws IOException {
        var telling = new RunTelling(new RunWatch(temp), new PrintStream(printed, true, StandardCharsets.UTF_8));
        telling.look();
        telling.look();
        Files.writeString(temp.resolve("run.json"), "{}");
        Path lock = Files.createDirectory(temp.resolve("lock")); // which no file is, so it cannot be read
        telling.look();
        telling.look();
        Files.delete(lock);
        telling.look();
        telling.look();

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Waiting: there is no run in "),
                        line -> assertThat(line)
                                .startsWith("cannot look at " + temp)
                                .endsWith("; the watch goes on"),
                        line -> assertThat(line).isEqualTo("The run has ended."));
    }
}
