package dev.lion.run;

import dev.lion.data.Utf8Lines;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The readable contents of one file of a run.
 *
 * @param items what its lines hold
 * @param end offset behind the last whole line
 * @param torn whether an unfinished line follows
 * @param complete whether the last line is known to be the last that was written
 */
record Records<T>(List<T> items, long end, boolean torn, boolean complete) {

    /** Reads a file that was written in one piece; it has no unfinished line unless it is damaged. */
    static <T> List<T> committed(Path file, RecordType<T> type) {
        Records<T> records = appended(file, type);
        int lines = records.items().size();
        if (records.torn()) {
            throw new DamagedRunException(file, "line " + (lines + 1) + ": is cut off");
        }
        if (lines > 0 && !records.complete()) {
            throw new DamagedRunException(file, "line " + (lines + 1) + ": is missing, and perhaps more");
        }
        return records.items();
    }

    /** All records of a type as the lines of a file that is written in one piece. */
    static <T> Stream<byte[]> lines(RecordType<T> type, List<T> records) {
        int last = records.size() - 1;
        return IntStream.rangeClosed(0, last).mapToObj(i -> {
            Seal.Unsealed line = Seal.LINE.on(Json.line(type.codec().write(records.get(i))));
            return line.seal(i == last ? -(i + 1) : i + 1);
        });
    }

    /** Reads a file that lines are appended to; the last one may be unfinished. Nothing when there is no file. */
    static <T> Records<T> appended(Path file, RecordType<T> type) {
        if (!Files.exists(file)) {
            return new Records<>(List.of(), 0, false, false);
        }
        return Disk.attempt("read", file, () -> {
            try (Utf8Lines lines = new Utf8Lines(file)) {
                return read(file, type, lines);
            }
        });
    }

    private static <T> Records<T> read(Path file, RecordType<T> type, Utf8Lines lines) throws IOException {
        List<T> items = new ArrayList<>();
        boolean complete = false;
        Optional<Utf8Lines.Line> line = lines.next();
        for (; line.isPresent() && line.get().terminated(); line = lines.next()) {
            if (complete) {
                throw damaged(file, line.get(), "follows what was the last line");
            }
            items.add(decode(file, type.codec(), line.get()));
            complete = isLast(file, line.get());
        }
        long end = line.map(Utf8Lines.Line::start).orElseGet(lines::position);
        return new Records<>(items, end, line.isPresent(), complete);
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

    /** Reads a file that holds one value; empty when there is no file. */
    static <T> Optional<T> document(Path file, Codec<T> codec) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = bytes(file);
        T value;
        try {
            value = codec.read(Json.parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DamagedRunException(file, String.valueOf(e.getMessage()));
        }
        byte[] text = bytes[bytes.length - 1] == '\n' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
        if (Seal.DOCUMENT.place(text).orElse(-1) != 0) {
            throw new DamagedRunException(file, "is not what was written there: its check does not fit");
        }
        return Optional.of(value);
    }

    /** A value as the contents of a file of its own. */
    static <T> Stream<byte[]> document(T value, Codec<T> codec) {
        return Stream.of(Seal.DOCUMENT.on(Json.document(codec.write(value))).seal(0));
    }

    static byte[] bytes(Path file) {
        return Disk.attempt("read", file, () -> {
            try (InputStream in = new FileInputStream(file.toFile())) {
                return in.readAllBytes();
            }
        });
    }
}
