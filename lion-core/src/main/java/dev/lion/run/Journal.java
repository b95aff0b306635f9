package dev.lion.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results of a stage that is in progress, appended as they arrive, so that none is paid for twice. May be used from
 * several threads.
 *
 * <p>A record survives the end of the process as soon as {@link #append} returns, and a power failure at most
 * {@value #FORCE_MILLIS} ms or {@value #FORCE_RECORDS} records later; closing forces the rest. What was committed with
 * {@link IterationDirectory#commit} survives both.
 *
 * @param <T> what a line holds
 */
public final class Journal<T> implements AutoCloseable {
    static final int FORCE_RECORDS = 64;
    static final long FORCE_MILLIS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path path;
    private final Codec<T> codec;
    private final RecordType<T> type;
    private final long recoveredEnd;
    private final RandomAccessFile file;
    private long end;
    private int unforced;
    private long forcedAt = System.nanoTime();
    private Optional<LineReader> reader = Optional.empty();
    private boolean closed;

    private Journal(Path path, RecordType<T> type, Records<T> records, RandomAccessFile file) {
        this.path = path;
        this.codec = type.codec();
        this.type = type;
        this.recoveredEnd = records.end();
        this.end = records.end();
        this.file = file;
    }

    static <T> Journal<T> open(Path path, RecordType<T> type) {
        Records<T> records = Records.appended(path, type);
        if (records.torn()) {
            LOG.warn("{}: the last line was cut off while it was written; it is dropped and asked for again", path);
        }
        return Disk.attempt("open", path, () -> {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            file.setLength(records.end());
            file.seek(records.end());
            return new Journal<>(path, type, records, file);
        });
    }

    Path path() {
        return path;
    }

    /** What an earlier sitting had written, in its order; read from disk at every call. */
    public List<T> recovered() {
        List<T> items = new ArrayList<>();
        recovered((item, start) -> items.add(item));
        return items;
    }

    /** Shows what an earlier sitting had written, in its order, with where each record begins. */
    public void recovered(ObjLongConsumer<T> visitor) {
        if (recoveredEnd > 0) {
            Records.visit(path, type, recoveredEnd, visitor);
        }
    }

    /** Reads a record back; records in their order are read ahead. */
    public T read(long start) {
        return codec.read(Json.parse(reader().at(start)));
    }

    private synchronized LineReader reader() {
        LineReader opened = reader.orElseGet(() -> LineReader.open(path));
        reader = Optional.of(opened);
        return opened;
    }

    /**
     * Writes one record.
     *
     * @return where in the file it begins
     * @throws RunStorageException when the disk failed; the journal then ends where it ended before
     */
    public synchronized long append(T entry) {
        long start = end;
        append(List.of(entry));
        return start;
    }

    /** Writes several records at once. */
    public synchronized void append(Collection<T> entries) {
        byte[] lines = entries.stream()
                .map(entry -> Json.line(codec.write(entry)))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        Disk.attempt("append to", path, () -> {
            requireOpen();
            write(lines);
            unforced += entries.size();
            if (unforced >= FORCE_RECORDS || sinceForced().toMillis() >= FORCE_MILLIS) {
                force();
            }
            return path;
        });
    }

    private void write(byte[] lines) throws IOException {
        try {
            file.write(lines);
            end += lines.length;
        } catch (IOException e) {
            file.setLength(end);
            file.seek(end);
            throw e;
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the stage has ended");
        }
    }

    private Duration sinceForced() {
        return Duration.ofNanos(System.nanoTime() - forcedAt);
    }

    private void force() throws IOException {
        file.getFD().sync();
        unforced = 0;
        forcedAt = System.nanoTime();
    }

    /** Forces everything to disk; idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            reader.ifPresent(LineReader::close);
            Disk.attempt("close", path, () -> {
                try (file) {
                    force();
                }
                return path;
            });
        }
    }
}
