package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Streams tensors into a safetensors file through one small buffer. */
final class SafetensorsWriter {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ALIGNMENT = 8;

    private final Path file;
    private final StoredType type;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    SafetensorsWriter(Path file, StoredType type) {
        this.file = file;
        this.type = type;
    }

    void write(Map<String, List<Long>> shapes, Map<String, String> metadata, TensorSource values) throws IOException {
        byte[] header = header(shapes, metadata);
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, chunk.clear().putLong(header.length).flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (var tensor : shapes.entrySet()) {
                write(channel, tensor.getKey(), tensor.getValue(), values);
            }
            channel.force(true);
        } catch (IOException | UncheckedIOException e) {
            throw new IOException("could not write " + file + ": " + e.getMessage(), e);
        }
    }

    private byte[] header(Map<String, List<Long>> shapes, Map<String, String> metadata) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        metadata.forEach(json.putObject(SafetensorsHeader.METADATA).put("format", "pt")::put);
        long begin = 0;
        for (var tensor : shapes.entrySet()) {
            if (tensor.getKey().equals(SafetensorsHeader.METADATA)) {
                throw new IllegalArgumentException(SafetensorsHeader.METADATA + " cannot be the name of a tensor");
            }
            long end = Math.addExact(begin, bytes(tensor.getValue(), type));
            ObjectNode entry = json.putObject(tensor.getKey()).put("dtype", type.name());
            tensor.getValue().forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        return padded(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] padded(byte[] bytes) {
        int aligned = (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] padded = Arrays.copyOf(bytes, aligned);
        Arrays.fill(padded, bytes.length, aligned, (byte) ' ');
        return padded;
    }

    /** What a tensor of this shape takes in a file. */
    static long bytes(List<Long> shape, StoredType type) {
        return Math.multiplyExact(SafetensorsHeader.count(shape), type.bytes());
    }

    private void write(FileChannel channel, String name, List<Long> shape, TensorSource values) throws IOException {
        var count = new AtomicLong();
        values.read(name, numbers -> {
            count.addAndGet(numbers.remaining());
            writeChunks(channel, name, numbers.duplicate());
        });
        if (SafetensorsHeader.count(shape) != count.get()) {
            throw new IllegalArgumentException(
                    "tensor " + name + " of shape " + shape + " was given " + count.get() + " values");
        }
    }

    private void writeChunks(FileChannel channel, String name, FloatBuffer numbers) {
        while (numbers.hasRemaining()) {
            if (!type.encode(numbers, chunk.clear())) {
                throw new CheckpointException(file + ": tensor " + name
                        + " has a NaN, an infinite number or one beyond "
                        + "the range of " + type + "; choose another type of weights, or weights from before the"
                        + " training failed");
            }
            try {
                writeFully(channel, chunk.flip());
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
