package dev.lion.student.training;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.student.decoder.Parameters;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;
import java.util.zip.CRC32C;

/**
 * The file of an unfinished training, in the machine's byte order: magic, fingerprint of the training (64 characters), the
 * number of steps done, each as step, loss, rate and gradient norm in 8 bytes, then what is trained and its moments as they
 * lie in memory, then a checksum of all that. It is written from that memory and read into it without a copy.
 */
final class TrainingStateFile {
    private static final String KIND = "lion-training-";
    private static final String MAGIC = KIND + "2\n";
    private static final int FINGERPRINT = 64;
    private static final int HEADER = MAGIC.length() + FINGERPRINT + Integer.BYTES;
    private static final int POINT = 32;
    private static final int CHECKSUM = Long.BYTES;
    private static final int CHUNK = 1 << 20;

    private final Path file;
    private final String fingerprint;

    TrainingStateFile(Path file, String fingerprint) {
        this.file = file;
        this.fingerprint = fingerprint;
    }

    /**
     * Replaces the file in one move, after its contents are on disk.
     *
     * @throws ClosedByInterruptException when this thread is interrupted; the file is as before
     * @throws IOException naming the file, when it cannot be written in full; it is then as before
     */
    void write(TrainingState state) throws IOException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            writePending(state);
            Replacement.move(pending(), file);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("could not write " + file + ": " + e.getMessage(), e);
        }
    }

    private Path pending() {
        return file.resolveSibling(file.getFileName() + ".pending");
    }

    private void writePending(TrainingState state) throws IOException {
        try (var channel = FileChannel.open(
                pending(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var checksum = new CRC32C();
            write(channel, header(state), checksum);
            for (Parameters part : state.saved()) {
                for (String name : part.names()) {
                    write(channel, part.bytes(name), checksum);
                }
            }
            write(channel, buffer(CHECKSUM).putLong(checksum.getValue()).flip(), checksum);
            channel.force(true);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, CRC32C checksum) throws IOException {
        checksum.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    private ByteBuffer header(TrainingState state) {
        int points = state.losses().size();
        var header = buffer(HEADER + points * POINT);
        header.put((MAGIC + fingerprint).getBytes(StandardCharsets.US_ASCII)).putInt(points);
        for (LossPoint point : state.losses()) {
            header.putLong(point.step()).putDouble(point.loss()).putDouble(point.learningRate());
            header.putDouble(point.gradientNorm().orElseThrow());
        }
        return header.flip();
    }

    /**
     * Fills the state from the file. Does nothing if there is none or it is another training's, one with other examples,
     * settings or shapes. Everything is checked before the state is touched. What a killed process left of a saving is
     * removed.
     *
     * @return whether the file is another training's
     * @throws ClosedByInterruptException when this thread is interrupted; to be called again
     * @throws DamagedProgressException when the file is not whole, or of another version of lion
     */
    boolean readInto(TrainingState state) throws IOException {
        Files.deleteIfExists(pending());
        if (!Files.exists(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var header = read(channel, buffer((int) Math.min(HEADER, channel.size())));
            if (!isOfThisTraining(header)) {
                return true;
            }
            int points = header.getInt();
            requireWhole(channel, points, state);
            readInto(state, channel.position(HEADER), points);
            return false;
        }
    }

    private boolean isOfThisTraining(ByteBuffer header) {
        String magic = text(header, MAGIC.length());
        if (!magic.equals(MAGIC)) {
            throw damaged(
                    magic.startsWith(KIND) ? "was written by another version of lion" : "is no training's progress");
        }
        if (header.remaining() < FINGERPRINT + Integer.BYTES) {
            throw damaged("ends early");
        }
        return text(header, FINGERPRINT).equals(fingerprint);
    }

    private static String text(ByteBuffer bytes, int length) {
        var text = new byte[Math.min(length, bytes.remaining())];
        bytes.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private void requireWhole(FileChannel channel, int points, TrainingState state) throws IOException {
        long bytes = state.saved().stream()
                .flatMap(part -> part.names().stream().map(part::bytes))
                .mapToLong(ByteBuffer::remaining)
                .sum();
        long size = HEADER + (long) points * POINT + bytes + CHECKSUM;
        if (channel.size() != size) {
            throw damaged("has " + channel.size() + " bytes, where " + size + " were written");
        }
        var checksum = new CRC32C();
        channel.position(0);
        for (long left = size - CHECKSUM; left > 0; left -= CHUNK) {
            checksum.update(read(channel, buffer((int) Math.min(CHUNK, left))));
        }
        if (read(channel, buffer(CHECKSUM)).getLong() != checksum.getValue()) {
            throw damaged("does not hold what was written");
        }
    }

    private static void readInto(TrainingState state, FileChannel channel, int points) throws IOException {
        state.losses().clear();
        var losses = read(channel, buffer(points * POINT));
        while (losses.hasRemaining()) {
            state.losses()
                    .add(new LossPoint(
                            losses.getLong(),
                            losses.getDouble(),
                            losses.getDouble(),
                            OptionalDouble.of(losses.getDouble())));
        }
        for (Parameters part : state.saved()) {
            for (String name : part.names()) {
                read(channel, part.bytes(name));
            }
        }
    }

    /** Fills a buffer from a file that was found to be long enough. */
    private static ByteBuffer read(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private DamagedProgressException damaged(String fault) {
        return new DamagedProgressException(file + " " + fault + "; delete it to begin this training again");
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
