package dev.lion.run;

import dev.lion.data.Utf8Lines;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * The readable contents of one file of a run.
 *
 * @param items what its lines hold
 * @param end offset behind the last whole line
 * @param torn whether an unfinished line follows
 */
record Records<T>(List<T> items, long end, boolean torn) {

    /** Reads a file that was written in one piece; it has no unfinished line unless it is damaged. */
    static <T> List<T> committed(Path file, RecordType<T> type) {
        Records<T> records = appended(file, type);
        if (records.torn()) {
            throw new DamagedRunException(file, "line " + (records.items().size() + 1) + ": is cut off");
        }
        return records.items();
    }

    /** Reads a file that lines are appended to; the last one may be unfinished. Nothing when there is no file. */
    static <T> Records<T> appended(Path file, RecordType<T> type) {
        if (!Files.exists(file)) {
            return new Records<>(List.of(), 0, false);
        }
        return Disk.attempt("read", file, () -> {
            try (Utf8Lines lines = new Utf8Lines(file)) {
                return read(file, type, lines);
            }
        });
    }

    private static <T> Records<T> read(Path file, RecordType<T> type, Utf8Lines lines) throws IOException {
        List<T> items = new ArrayList<>();
        Optional<Utf8Lines.Line> line = lines.next();
        for (; line.isPresent() && line.get().terminated(); line = lines.next()) {
            items.add(decode(file, type.codec(), line.get()));
        }
        return new Records<>(items, line.map(Utf8Lines.Line::start).orElseGet(lines::position), line.isPresent());
    }

    /** Shows the records of a file up to an offset, one after another, each with where it begins; none is kept. */
    static <T> void visit(Path file, RecordType<T> type, long end, ObjLongConsumer<T> visitor) {
        Disk.attempt("read", file, () -> {
            try (Utf8Lines lines = new Utf8Lines(file)) {
                while (lines.position() < end) {
                    Utf8Lines.Line line = lines.next().orElseThrow();
                    visitor.accept(decode(file, type.codec(), line), line.start());
                }
                return file;
            }
        });
    }

    /** Shows the records of a file that was written in one piece; it has no unfinished line unless it is damaged. */
    static <T> void visitCommitted(Path file, RecordType<T> type, ObjLongConsumer<T> visitor) {
        Disk.attempt("read", file, () -> {
            try (Utf8Lines lines = new Utf8Lines(file)) {
                Optional<Utf8Lines.Line> line = lines.next();
                for (; line.isPresent(); line = lines.next()) {
                    if (!line.get().terminated()) {
                        throw new DamagedRunException(file, "line " + line.get().number() + ": is cut off");
                    }
                    visitor.accept(
                            decode(file, type.codec(), line.get()), line.get().start());
                }
                return file;
            }
        });
    }

    private static <T> T decode(Path file, Codec<T> codec, Utf8Lines.Line line) {
        try {
            String text = line.text().orElseThrow(() -> new IllegalArgumentException("holds bytes that are not UTF-8"));
            return codec.read(Json.parse(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DamagedRunException(file, "line " + line.number() + ": " + e.getMessage());
        }
    }

    /** Reads a file that holds one value; empty when there is no file. */
    static <T> Optional<T> document(Path file, Codec<T> codec) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = Disk.attempt("read", file, () -> {
            try (InputStream in = new FileInputStream(file.toFile())) {
                return in.readAllBytes();
            }
        });
        try {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return Optional.of(codec.read(Json.parse(text)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DamagedRunException(file, String.valueOf(e.getMessage()));
        }
    }
}
