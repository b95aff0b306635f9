package dev.lion.student.training;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Some numbers that an unfinished training goes on with: magic, fingerprint of the training, the numbers in 8 bytes each, and
 * a checksum of all that. An interrupt does not disturb it.
 */
final class NumbersFile {
    private static final String MAGIC = "lion-numbers-1\n";
    private static final int CHECKSUM = Long.BYTES;

    private final Path file;
    private final byte[] start;

    NumbersFile(Path file, String fingerprint) {
        this.file = file;
        this.start = (MAGIC + fingerprint).getBytes(StandardCharsets.US_ASCII);
    }

    /** Replaces the file in one move, after its contents are on disk. */
    void write(double[] numbers) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path pending = file.resolveSibling(file.getFileName() + ".pending");
        try (var out = new FileOutputStream(pending.toFile())) {
            out.write(contents(numbers));
            out.getFD().sync();
        }
        Replacement.move(pending, file);
    }

    private byte[] contents(double[] numbers) {
        var contents = ByteBuffer.allocate(start.length + numbers.length * Double.BYTES + CHECKSUM)
                .put(start);
        Arrays.stream(numbers).forEach(contents::putDouble);
        return contents.putLong(checksum(contents.array())).array();
    }

    /** Of all but the checksum itself. */
    private static long checksum(byte[] contents) {
        var checksum = new CRC32C();
        checksum.update(contents, 0, contents.length - CHECKSUM);
        return checksum.getValue();
    }

    /**
     * The numbers; empty when there is no file, or it is of another training.
     *
     * @throws DamagedProgressException when it does not hold what was written
     */
    Optional<double[]> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] contents = bytes();
        var read = ByteBuffer.wrap(contents);
        if (contents.length < start.length + CHECKSUM
                || read.getLong(contents.length - CHECKSUM) != checksum(contents)) {
            throw new DamagedProgressException(
                    file + " does not hold what was written; delete it to begin this training again");
        }
        if (!Arrays.equals(start, 0, start.length, contents, 0, start.length)) {
            return Optional.empty();
        }
        var numbers = new double[(contents.length - start.length - CHECKSUM) / Double.BYTES];
        read.position(start.length).asDoubleBuffer().get(numbers);
        return Optional.of(numbers);
    }

    /** Removes the file, if there is one. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private byte[] bytes() throws IOException {
        try (var in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }
}
