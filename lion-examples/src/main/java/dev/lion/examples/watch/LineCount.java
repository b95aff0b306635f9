package dev.lion.examples.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How many lines a file has that others append to; each look reads only what is new. For one thread at a time. */
final class LineCount {
    private static final int BLOCK = 1 << 16;

    private final Path path;
    private long read;
    private long lines;

    LineCount(Path path) {
        this.path = path;
    }

    /** Whole lines by now; from the start again when the file was replaced by a shorter one. Empty when there is no file. */
    OptionalLong lines() throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            if (file.size() < read) {
                read = 0;
                lines = 0;
            }
            file.position(read);
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            for (int length = file.read(block); length > 0; length = file.read(block.clear())) {
                for (int i = 0; i < length; i++) {
                    lines += block.get(i) == '\n' ? 1 : 0;
                }
                read += length;
            }
        } catch (NoSuchFileException e) {
            read = 0;
            lines = 0;
            return OptionalLong.empty();
        }
        return OptionalLong.of(lines);
    }
}
