package dev.lion.run;

import java.io.FileInputStream;
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
 * @param torn whether an unfinished line follows
 */
record Records<T>(List<T> items, boolean torn) {

    /** Reads a file that was written in one piece; it has no unfinished line unless it is damaged. */
    static <T> List<T> committed(Path file, RecordType<T> type) {
        List<T> items = new ArrayList<>();
        Scan.of(file, type, (item, start) -> items.add(item)).requireWhole(file);
        return items;
    }

    /** All records of a type as the lines of a file that is written in one piece. */
    static <T> Stream<byte[]> lines(RecordType<T> type, List<T> records) {
        return lines(type, records, records.size() - 1);
    }

    /** The same for a file that lines are appended to afterwards. */
    static <T> Stream<byte[]> linesToGoOnFrom(RecordType<T> type, List<T> records) {
        return lines(type, records, records.size());
    }

    private static <T> Stream<byte[]> lines(RecordType<T> type, List<T> records, int last) {
        return IntStream.range(0, records.size()).mapToObj(i -> {
            Seal.Unsealed line = Seal.LINE.on(Json.line(type.codec().write(records.get(i))));
            return line.seal(i == last ? -(i + 1) : i + 1);
        });
    }

    /** Reads a file that lines are appended to; the last one may be unfinished. Nothing when there is no file. */
    static <T> Records<T> appended(Path file, RecordType<T> type) {
        List<T> items = new ArrayList<>();
        Optional<Scan> scan = Scan.ifThere(file, type, (item, start) -> items.add(item));
        return new Records<>(items, scan.map(Scan::torn).orElse(false));
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
