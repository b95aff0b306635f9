package dev.lion.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads single lines of a file by where they begin, while others may append to it. Lines that are asked for in the file's
 * order are read ahead. It is not disturbed by an interrupted thread. For any thread.
 */
final class LineReader implements Closeable {
    private static final int READ_AHEAD = 1 << 16;

    private final Path path;
    private final RandomAccessFile file;
    private byte[] window = new byte[READ_AHEAD];
    private long start; // of the window in the file
    private int length; // of what the window holds

    private LineReader(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    static LineReader open(Path path) {
        return Disk.attempt("read", path, () -> new LineReader(path, new RandomAccessFile(path.toFile(), "r")));
    }

    Path path() {
        return path;
    }

    /**
     * The line that begins at an offset, without its end.
     *
     * @throws RunStorageException when the disk failed
     * @throws DamagedRunException when no whole line is there any more
     */
    synchronized String at(long offset) {
        return Disk.attempt("read", path, () -> {
            if (offset < start || offset >= start + length) {
                fill(offset);
            }
            int end = lineEnd(offset);
            if (end < 0) {
                fill(offset);
                end = lineEnd(offset);
            }
            while (end < 0 && length == window.length) {
                window = Arrays.copyOf(window, 2 * window.length);
                fill(offset);
                end = lineEnd(offset);
            }
            if (end < 0) {
                throw new DamagedRunException(path, "no line ends after byte " + offset);
            }
            int from = (int) (offset - start);
            return new String(window, from, end - from, StandardCharsets.UTF_8);
        });
    }

    private int lineEnd(long offset) {
        for (int i = (int) (offset - start); i < length; i++) {
            if (window[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void fill(long offset) throws IOException {
        file.seek(offset);
        start = offset;
        length = 0;
        int read = file.read(window, 0, window.length);
        while (read > 0) {
            length += read;
            read = length < window.length ? file.read(window, length, window.length - length) : 0;
        }
    }

    @Override
    public synchronized void close() {
        Disk.attempt("close", path, () -> {
            file.close();
            return path;
        });
    }
}
