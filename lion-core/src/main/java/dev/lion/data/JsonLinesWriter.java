package dev.lion.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Appends JSON texts to a UTF-8 file of JSON Lines, one text a line, each whole or not at all. A line is with the operating
 * system when {@link #append} returns, so that it survives the end of the process. One process at a time may write a file.
 *
 * <p>For any thread. An interrupted thread does not disturb the file.
 */
public final class JsonLinesWriter implements Closeable {
    private static final int BLOCK = 1 << 13;

    private final Path path;
    private final RandomAccessFile file;
    private final FileLock lock;
    private long end;

    private JsonLinesWriter(Path path, RandomAccessFile file, FileLock lock, long end) {
        this.path = path;
        this.file = file;
        this.lock = lock;
        this.end = end;
    }

    /**
     * Opens a file, made when it is missing, to write behind its last whole line: a last line that was cut off while it was
     * written is removed.
     *
     * @throws IOException when the file cannot be written, or another writer has it open
     */
    public static JsonLinesWriter open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            FileLock lock = lock(path, file);
            long end = endOfLastLine(file);
            file.setLength(end);
            file.seek(end);
            return new JsonLinesWriter(path, file, lock, end);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static FileLock lock(Path path, RandomAccessFile file) throws IOException {
        FileLock lock;
        try {
            lock = file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false); // behind the data, which may be read
        } catch (OverlappingFileLockException e) {
            throw new IOException(path + " is open for writing in this process already", e);
        }
        if (lock == null) {
            throw new IOException(path + " is open for writing in another process");
        }
        return lock;
    }

    private static long endOfLastLine(RandomAccessFile file) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long upTo = file.length(); upTo > 0; upTo -= Math.min(BLOCK, upTo)) {
            int length = (int) Math.min(BLOCK, upTo);
            file.seek(upTo - length);
            file.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return upTo - length + i + 1;
                }
            }
        }
        return 0;
    }

    /**
     * Appends one line.
     *
     * @param json a JSON text without a line break
     * @throws IOException when the disk failed; what was written of the line is removed, if that is still possible
     */
    public synchronized void append(String json) throws IOException {
        if (json.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line must not hold a line break: " + json);
        }
        byte[] bytes = (escapeLoneSurrogates(json) + "\n").getBytes(StandardCharsets.UTF_8);
        if (file.getFilePointer() != end) { // an earlier line is there in part
            file.setLength(end);
            file.seek(end);
        }
        file.write(bytes);
        end += bytes.length;
    }

    /** How many bytes the file holds. */
    public synchronized long length() {
        return end;
    }

    /** Which file is written. */
    public Path path() {
        return path;
    }

    // UTF-8 has no half of a surrogate pair, which a model's answer may end with; in a JSON text it can only stand in a
    // string
    private static String escapeLoneSurrogates(String json) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** Ends the writing; idempotent. */
    @Override
    public synchronized void close() throws IOException {
        if (lock.isValid()) {
            lock.release();
        }
        file.close();
    }
}
