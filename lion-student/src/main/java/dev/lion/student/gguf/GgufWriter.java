package dev.lion.student.gguf;

import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.TensorSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Streams a GGUF file through one small buffer, and forces it to the disk. Used once. */
final class GgufWriter {
    /** Numbers that are gathered before they are written; a multiple of every block. */
    private static final int GATHERED = 1 << 15;

    private final Path file;
    private final float[] values = new float[GATHERED];
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(GATHERED * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int gathered;
    private long written;

    GgufWriter(Path file) {
        this.file = file;
    }

    /**
     * Writes the file, which must not be there yet.
     *
     * @param source asked once for each tensor, in order, by its name in the file
     */
    void write(Map<String, GgufValue> metadata, List<GgufTensor> tensors, TensorSource source) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeFully(channel, ByteBuffer.wrap(GgufHeader.of(metadata, tensors)));
            for (GgufTensor tensor : tensors) {
                write(channel, tensor, source);
            }
            channel.force(true);
        } catch (IOException | UncheckedIOException e) {
            throw new IOException("could not write " + file + ": " + e.getMessage(), e);
        }
    }

    private void write(FileChannel channel, GgufTensor tensor, TensorSource source) throws IOException {
        written = 0;
        source.read(tensor.name(), numbers -> gather(channel, tensor, numbers.duplicate()));
        flush(channel, tensor);
        if (written != tensor.count()) {
            throw new IllegalArgumentException(
                    "tensor " + tensor.name() + " of shape " + tensor.shape() + " was given " + written + " values");
        }
        long filler = GgufHeader.aligned(tensor.bytes()) - tensor.bytes();
        writeFully(channel, ByteBuffer.allocate((int) filler));
    }

    private void gather(FileChannel channel, GgufTensor tensor, FloatBuffer numbers) {
        while (numbers.hasRemaining()) {
            int taken = Math.min(numbers.remaining(), GATHERED - gathered);
            numbers.get(values, gathered, taken);
            gathered += taken;
            if (gathered == GATHERED) {
                flush(channel, tensor);
            }
        }
    }

    private void flush(FileChannel channel, GgufTensor tensor) {
        bytes.clear();
        for (int i = 0; i < gathered; i += tensor.type().block()) {
            tensor.type().encode(values, i, bytes);
        }
        requireFinite(tensor);
        written += gathered;
        gathered = 0;
        try {
            writeFully(channel, bytes.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Of the numbers as the file gives them back. */
    private void requireFinite(GgufTensor tensor) {
        var back = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
        for (int i = 0; i < gathered; i += tensor.type().block()) {
            tensor.type().decode(back, values, i);
        }
        for (int i = 0; i < gathered; i++) {
            if (!Float.isFinite(values[i])) {
                throw new CheckpointException(file + ": tensor " + tensor.name()
                        + " has a NaN, an infinite number or one beyond the range of " + tensor.type()
                        + "; choose another type of weights, or weights from before the training failed");
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
