package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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

/** Streams tensors into a safetensors file through one small buffer. */
final class SafetensorsWriter {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ALIGNMENT = 8;

    private final Path file;
    private final WeightType type;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    SafetensorsWriter(Path file, WeightType type) {
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
                FloatBuffer floats = values.floats(tensor.getKey()).duplicate();
                requireFullShape(tensor.getKey(), tensor.getValue(), floats.remaining());
                writeFloats(channel, tensor.getKey(), floats);
            }
            channel.force(true);
        } catch (IOException e) {
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
    static long bytes(List<Long> shape, WeightType type) {
        return Math.multiplyExact(SafetensorsHeader.count(shape), type.bytes());
    }

    private static void requireFullShape(String name, List<Long> shape, long found) {
        if (SafetensorsHeader.count(shape) != found) {
            throw new IllegalArgumentException(
                    "tensor " + name + " of shape " + shape + " was given " + found + " values");
        }
    }

    private void writeFloats(FileChannel channel, String name, FloatBuffer floats) throws IOException {
        while (floats.hasRemaining()) {
            if (!type.encode(floats, chunk.clear())) {
                throw new CheckpointException(file + ": tensor " + name
                        + " has a NaN, an infinite number or one beyond "
                        + "the range of " + type + "; choose another type of weights, or weights from before the"
                        + " training failed");
            }
            writeFully(channel, chunk.flip());
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
