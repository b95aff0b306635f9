package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTest {
    @TempDir
    Path temp;

    @Test
    void move_interruptedThread_replacesTheFileAndKeepsTheInterrupt() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "old");
        Path pending = Files.writeString(temp.resolve("file.pending"), "new");
        Thread.currentThread().interrupt();

        Replacement.move(pending, file);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("new");
        assertThat(pending).doesNotExist();
    }
}
