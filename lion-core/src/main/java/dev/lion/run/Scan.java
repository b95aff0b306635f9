package dev.lion.run;

import dev.lion.data.Utf8Lines;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * What reading a file of a run from its start came upon.
 *
 * @param lines whole lines
 * @param end offset behind the last of them
 * @param torn whether an unfinished line follows
 * @param complete whether the last line is known to be the last that was written
 */
record Scan(long lines, long end, boolean torn, boolean complete) {

    /** Shows the records of a file in their order, each with where it begins; none is kept. */
    static <T> Scan of(Path file, RecordType<T> type, ObjLongConsumer<T> visitor) {
        return Disk.attempt("read", file, () -> {
            try (Utf8Lines lines = new Utf8Lines(file)) {
                return read(file, type, lines, visitor);
            }
        });
    }

    /** The same for a file that another process may remove; empty when there is none. */
    static <T> Optional<Scan> ifThere(Path file, RecordType<T> type, ObjLongConsumer<T> visitor) {
        return Disk.attempt("read", file, () -> {
            try (Utf8Lines lines = new Utf8Lines(file)) {
                return Optional.of(read(file, type, lines, visitor));
            } catch (FileNotFoundException e) {
                if (Files.exists(file)) {
                    throw e;
                }
                return Optional.<Scan>empty();
            }
        });
    }

    private static <T> Scan read(Path file, RecordType<T> type, Utf8Lines lines, ObjLongConsumer<T> visitor)
            throws IOException {
        boolean complete = false;
        long count = 0;
        Optional<Utf8Lines.Line> line = lines.next();
        for (; line.isPresent() && line.get().terminated(); line = lines.next()) {
            if (complete) {
                throw damaged(file, line.get(), "follows what was the last line");
            }
            T item = decode(file, type.codec(), line.get());
            complete = isLast(file, line.get());
            visitor.accept(item, line.get().start());
            count++;
        }
        long end = line.map(Utf8Lines.Line::start).orElseGet(lines::position);
        return new Scan(count, end, line.isPresent(), complete);
    }

    private static <T> T decode(Path file, Codec<T> codec, Utf8Lines.Line line) {
        try {
            String text = line.text().orElseThrow(() -> new IllegalArgumentException("holds bytes that are not UTF-8"));
            return codec.read(Json.parse(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(file, line, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isLast(Path file, Utf8Lines.Line line) {
        int place = Seal.LINE
                .place(line.bytes())
                .orElseThrow(() -> damaged(file, line, "does not end with the check that lion writes"));
        if (Math.abs((long) place) != line.number()) {
            throw damaged(file, line, "is not what was written there: its check does not fit");
        }
        return place < 0;
    }

    private static DamagedRunException damaged(Path file, Utf8Lines.Line line, String fault) {
        return new DamagedRunException(file, "line " + line.number() + ": " + fault);
    }

    /** Refuses a file that was written in one piece, but is not whole. */
    void requireWhole(Path file) {
        if (torn) {
            throw new DamagedRunException(file, "line " + (lines + 1) + ": is cut off");
        }
        if (lines > 0 && !complete) {
            throw new DamagedRunException(file, "line " + (lines + 1) + ": is missing, and perhaps more");
        }
    }
}
