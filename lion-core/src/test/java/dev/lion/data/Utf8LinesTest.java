package dev.lion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Utf8LinesTest {
    private static final int MOST = 64 << 20;

    @TempDir
    Path temp;

    @Test
    void next_ofALineOf64MiB_givesIt() throws IOException {
        try (var lines = new Utf8Lines(endingAt(MOST))) {
            assertThat(lines.next().orElseThrow().bytes()).hasSize(MOST);
            assertThat(lines.next()).isEmpty();
        }
    }

    @Test
    void next_ofALongerLine_refusesAndNamesIt() throws IOException {
        Path file = endingAt(MOST + 1L);
        try (var lines = new Utf8Lines(file)) {
            assertThatThrownBy(lines::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(file.toString(), "line 1 has more than 64 MiB");
        }
    }

    /** One line of so many bytes, before its end, that takes up almost no space on disk. */
    private Path endingAt(long bytes) throws IOException {
        Path file = temp.resolve("lines");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), bytes);
        }
        return file;
    }
}
