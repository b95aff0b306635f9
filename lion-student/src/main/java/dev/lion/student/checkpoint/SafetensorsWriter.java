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

/** Streams fp32 tensors into a safetensors file through one small buffer. */
final class SafetensorsWriter {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    static void write(Path file, Map<String, List<Long>> shapes, TensorSource values) throws IOException {
        byte[] header = header(shapes);
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, chunk.putLong(header.length).flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (var tensor : shapes.entrySet()) {
                FloatBuffer floats = values.floats(tensor.getKey()).duplicate();
                requireFullShape(tensor.getKey(), tensor.getValue(), floats.remaining());
                writeFloats(channel, chunk, floats);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new IOException("could not write " + file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] header(Map<String, List<Long>> shapes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject(SafetensorsHeader.METADATA).put("format", "pt");
        long begin = 0;
        for (var tensor : shapes.entrySet()) {
            if (tensor.getKey().equals(SafetensorsHeader.METADATA)) {
                throw new IllegalArgumentException(SafetensorsHeader.METADATA + " cannot be the name of a tensor");
            }
            long end =
                    Math.addExact(begin, Math.multiplyExact(SafetensorsHeader.count(tensor.getValue()), Float.BYTES));
            ObjectNode entry = json.putObject(tensor.getKey()).put("dtype", TensorType.F32.name());
            tensor.getValue().forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        int aligned = (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] padded = Arrays.copyOf(bytes, aligned);
        Arrays.fill(padded, bytes.length, aligned, (byte) ' ');
        return padded;
    }

    private static void requireFullShape(String name, List<Long> shape, long found) {
        if (SafetensorsHeader.count(shape) != found) {
            throw new IllegalArgumentException(
                    "tensor " + name + " of shape " + shape + " was given " + found + " values");
        }
    }

    private static void writeFloats(FileChannel channel, ByteBuffer chunk, FloatBuffer floats) throws IOException {
        while (floats.hasRemaining()) {
            chunk.clear();
            int count = Math.min(floats.remaining(), CHUNK_BYTES / Float.BYTES);
            chunk.asFloatBuffer().put(floats.slice(floats.position(), count));
            floats.position(floats.position() + count);
            writeFully(channel, chunk.limit(count * Float.BYTES));
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
