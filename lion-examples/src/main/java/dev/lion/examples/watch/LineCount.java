package dev.lion.examples.watch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
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
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < read) {
                read = 0;
                lines = 0;
            }
            file.seek(read);
            byte[] block = new byte[BLOCK];
            for (int length = file.read(block); length > 0; length = file.read(block)) {
                for (int i = 0; i < length; i++) {
                    lines += block[i] == '\n' ? 1 : 0;
                }
                read += length;
            }
        } catch (FileNotFoundException e) {
            if (Files.exists(path)) {
                throw e;
            }
            read = 0;
            lines = 0;
            return OptionalLong.empty();
        }
        return OptionalLong.of(lines);
    }
}
