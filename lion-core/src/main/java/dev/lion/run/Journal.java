package dev.lion.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results of a stage that is in progress, appended as they arrive, so that none is paid for twice. May be used from
 * several threads, none of which waits for the disk to be forced.
 *
 * <p>A record survives the end of the process as soon as {@link #append} returns. It survives a power failure once a
 * thread of the journal's own has forced it to disk, which begins at most {@value #FORCE_MILLIS} ms after the append,
 * or as soon as {@value #FORCE_BYTES} bytes wait; closing forces the rest. What was committed with {@link
 * IterationDirectory#commit} survives both.
 *
 * @param <T> what a line holds
 */
public final class Journal<T> implements AutoCloseable {
    static final long FORCE_MILLIS = 100;
    static final long FORCE_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path path;
    private final Codec<T> codec;
    private final RecordType<T> type;
    private final boolean resumed;
    private final DiskFile file;
    private final Forcer forcer;
    private long end;
    private int lines;
    private Optional<LineReader> reader = Optional.empty();
    private Optional<IOException> broken = Optional.empty();
    private boolean closed;

    private Journal(Path path, RecordType<T> type, Scan before, DiskFile file) {
        this.path = path;
        this.type = type;
        this.codec = type.codec();
        this.resumed = before.lines() > 0;
        this.lines = Math.toIntExact(before.lines());
        this.end = before.end();
        this.file = file;
        this.forcer = Forcer.start(file, FORCE_MILLIS, FORCE_BYTES);
    }

    static <T> Journal<T> open(Disk disk, Path path, RecordType<T> type) {
        Scan before = Files.exists(path) ? Scan.of(path, type, (item, start) -> {}) : new Scan(0, 0, false, false);
        if (before.complete()) {
            throw new DamagedRunException(path, "is a finished file in the place of a journal");
        }
        if (before.torn()) {
            LOG.warn("{}: the last line was cut off while it was written; it is dropped and asked for again", path);
        }
        return new Journal<>(path, type, before, disk.openToAppend(path, before.end()));
    }

    Path path() {
        return path;
    }

    /** What an earlier sitting had written, in its order; call it before anything is appended. */
    public List<T> recovered() {
        List<T> items = new ArrayList<>();
        recovered((item, start) -> items.add(item));
        return List.copyOf(items);
    }

    /**
     * Shows what an earlier sitting had written, in its order, with where each record begins, and keeps none of it; call
     * it before anything is appended.
     */
    public void recovered(ObjLongConsumer<T> visitor) {
        if (resumed) {
            Scan.of(path, type, visitor);
        }
    }

    /** Reads a record back from where it begins; records in their order are read ahead. */
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
     * @throws RunStorageException when the disk failed. What this call wrote may then be there or not when the run goes on
     */
    public long append(T entry) {
        return append(List.of(entry));
    }

    /** Writes several records at once; returns where the first begins, and fails as {@link #append(Object)} does. */
    public long append(Collection<T> entries) {
        List<Seal.Unsealed> unsealed = entries.stream()
                .map(entry -> Seal.LINE.on(Json.line(codec.write(entry))))
                .toList();
        return Disk.attempt("append to", path, () -> write(unsealed));
    }

    private synchronized long write(List<Seal.Unsealed> unsealed) throws IOException {
        requireWritable();
        long start = end;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                unsealed.stream().mapToInt(Seal.Unsealed::length).sum());
        int line = lines;
        for (Seal.Unsealed each : unsealed) {
            bytes.writeBytes(each.seal(++line));
        }
        writeOrCutOff(bytes.toByteArray());
        lines = line;
        forcer.written(bytes.size());
        return start;
    }

    private void requireWritable() throws IOException {
        if (closed) {
            throw new IOException("the stage has ended");
        }
        if (broken.isPresent()) {
            throw new IOException(
                    "an earlier line is only there in part: " + broken.get().getMessage(), broken.get());
        }
    }

    // a line that is there in part is removed, for the next one must not follow it
    private void writeOrCutOff(byte[] bytes) throws IOException {
        try {
            file.write(bytes);
            end += bytes.length;
        } catch (IOException e) {
            broken = Optional.of(e);
            file.cutTo(end);
            broken = Optional.empty();
            throw e;
        }
    }

    /** Waits until everything that was appended survives a power failure too. */
    public void force() {
        Disk.attempt("force", path, () -> {
            forcer.forceNow();
            return path;
        });
    }

    /** Forces everything to disk; idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            reader.ifPresent(LineReader::close);
            Disk.attempt("close", path, () -> {
                try (file) {
                    forcer.close();
                }
                return path;
            });
        }
    }
}
