package dev.lion.student.training;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.student.decoder.Parameters;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The file of an unfinished training, in the machine's byte order: magic, fingerprint of the training (64 characters), the
 * number of loss points, each as step, loss and rate in 8 bytes, then weights and moments as they lie in memory.
 */
final class TrainingStateFile {
    private static final byte[] MAGIC = "lion-training-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FINGERPRINT = 64;
    private static final int POINT = 24;

    private TrainingStateFile() {}

    /**
     * Replaces the file in one move, after its contents are on disk.
     *
     * @throws IOException naming the file, when it cannot be written in full
     */
    static void write(Path file, String fingerprint, TrainingState state) throws IOException {
        try {
            replace(file, fingerprint, state);
        } catch (IOException e) {
            throw new IOException("could not write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void replace(Path file, String fingerprint, TrainingState state) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path pending = file.resolveSibling(file.getFileName() + ".pending");
        try (var channel = FileChannel.open(
                pending, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, header(fingerprint, state));
            for (Parameters part : state.saved()) {
                for (String name : part.names()) {
                    writeFully(channel, part.bytes(name));
                }
            }
            channel.force(true);
        }
        Files.move(pending, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ByteBuffer header(String fingerprint, TrainingState state) {
        int points = state.losses().size();
        var header = buffer(MAGIC.length + FINGERPRINT + Integer.BYTES + points * POINT);
        header.put(MAGIC).put(fingerprint.getBytes(StandardCharsets.US_ASCII)).putInt(points);
        for (LossPoint point : state.losses()) {
            header.putLong(point.step()).putDouble(point.loss()).putDouble(point.learningRate());
        }
        return header.flip();
    }

    /** Fills the state if the file is of the training with this fingerprint, and else leaves it alone. */
    static void read(Path file, String fingerprint, TrainingState state) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var start = readFully(file, channel, buffer(MAGIC.length + FINGERPRINT + Integer.BYTES));
            byte[] expected =
                    (new String(MAGIC, StandardCharsets.US_ASCII) + fingerprint).getBytes(StandardCharsets.US_ASCII);
            var found = new byte[expected.length];
            start.get(found);
            if (!Arrays.equals(found, expected)) {
                return;
            }
            var points = readFully(file, channel, buffer(start.getInt() * POINT));
            while (points.hasRemaining()) {
                state.losses().add(new LossPoint(points.getLong(), points.getDouble(), points.getDouble()));
            }
            for (Parameters part : state.saved()) {
                for (String name : part.names()) {
                    readFully(file, channel, part.bytes(name));
                }
            }
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer readFully(Path file, FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException(file + " ends early; delete it to begin this training again");
            }
        }
        return bytes.flip();
    }
}
