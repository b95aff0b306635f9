package dev.lion.student.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, read strictly: what it says fits the file byte for byte, or it is refused.
 *
 * @param dataStart where in the file the tensors' bytes begin
 * @param tensors by name, in the header's order
 * @param metadata what the writer noted down
 */
record SafetensorsHeader(long dataStart, Map<String, Entry> tensors, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";
    private static final long MAX_BYTES = 100_000_000; // the format's own limit
    private static final int LENGTH_BYTES = 8;

    /** A tensor has about 15 names, values and brackets, so these are a quarter of a million tensors. */
    private static final JsonMapper MAPPER = JsonFile.mapper(4_000_000);

    /** A tensor's place: {@code begin} and {@code end} count from the first byte after the header. */
    record Entry(TensorType type, List<Long> shape, long begin, long end) {}

    static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < LENGTH_BYTES) {
            throw damaged(file, "it has " + size + " bytes, fewer than the 8 of the header's length");
        }
        long length = bytes(channel, 0, LENGTH_BYTES).getLong(0);
        if (length < 2 || length > MAX_BYTES || length > size - LENGTH_BYTES) {
            throw damaged(
                    file,
                    "the header's length is given as " + Long.toUnsignedString(length) + " bytes in a file of " + size);
        }
        JsonNode json = parse(file, bytes(channel, LENGTH_BYTES, (int) length).array());
        var entries = new LinkedHashMap<String, Entry>();
        json.properties().stream()
                .filter(field -> !field.getKey().equals(METADATA))
                .forEach(field -> entries.put(field.getKey(), entry(file, field.getKey(), field.getValue())));
        long dataStart = LENGTH_BYTES + length;
        requireContiguous(file, entries, size - dataStart);
        return new SafetensorsHeader(dataStart, entries, metadata(file, json.path(METADATA)));
    }

    private static Map<String, String> metadata(Path file, JsonNode json) {
        var metadata = new LinkedHashMap<String, String>();
        for (var entry : json.properties()) {
            if (!entry.getValue().isTextual()) {
                throw damaged(file, METADATA + " has " + entry.getKey() + " " + entry.getValue() + ", not a text");
            }
            metadata.put(entry.getKey(), entry.getValue().asText());
        }
        return metadata;
    }

    private static ByteBuffer bytes(FileChannel channel, long from, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    private static JsonNode parse(Path file, byte[] header) throws IOException {
        try {
            return JsonFile.parseObject(MAPPER, header);
        } catch (JsonProcessingException e) {
            throw damaged(file, "the header is not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    private static Entry entry(Path file, String name, JsonNode json) {
        String dtype = json.path("dtype").asText();
        TensorType type = TensorType.named(dtype)
                .orElseThrow(() -> damaged(file, "tensor " + name + " has the unknown dtype '" + dtype + "'"));
        List<Long> shape = longs(file, name, "shape", json.path("shape"));
        List<Long> offsets = longs(file, name, "data_offsets", json.path("data_offsets"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw damaged(file, "tensor " + name + " has data_offsets " + offsets + ", not a begin and an end");
        }
        var entry = new Entry(type, shape, offsets.get(0), offsets.get(1));
        requireFullShape(file, name, entry);
        return entry;
    }

    private static List<Long> longs(Path file, String name, String field, JsonNode array) {
        var values = new ArrayList<Long>();
        boolean sound = array.isArray();
        for (JsonNode value : array) {
            sound &= value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0;
            values.add(value.asLong());
        }
        if (!sound) {
            throw damaged(file, "tensor " + name + " has " + field + " " + array + ", not a list of whole numbers");
        }
        return List.copyOf(values);
    }

    private static void requireFullShape(Path file, String name, Entry entry) {
        long found = entry.end() - entry.begin();
        try {
            long expected =
                    Math.multiplyExact(count(entry.shape()), entry.type().bytes());
            if (expected == found) {
                return;
            }
        } catch (ArithmeticException e) {
            throw damaged(file, "tensor " + name + " has an impossible shape " + entry.shape(), e);
        }
        throw damaged(
                file,
                "tensor " + name + " of shape " + entry.shape() + " and dtype " + entry.type() + " is given " + found
                        + " bytes");
    }

    /** How many numbers a tensor of this shape has; {@link ArithmeticException} beyond a long. */
    static long count(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    private static void requireContiguous(Path file, Map<String, Entry> entries, long dataBytes) {
        var byPlace = new ArrayList<>(entries.entrySet());
        byPlace.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long next = 0;
        for (var tensor : byPlace) {
            Entry entry = tensor.getValue();
            if (entry.end() > dataBytes) {
                throw damaged(
                        file,
                        "tensor " + tensor.getKey() + " ends at byte " + entry.end() + " of the data, but the file has "
                                + dataBytes + "; was it cut off?");
            }
            if (entry.begin() != next) {
                throw damaged(
                        file,
                        "tensor " + tensor.getKey() + " begins at byte " + entry.begin() + " of the data, not at "
                                + next + " where the one before it ends");
            }
            next = entry.end();
        }
        if (next != dataBytes) {
            throw damaged(file, (dataBytes - next) + " bytes at the end belong to no tensor");
        }
    }

    private static CheckpointException damaged(Path file, String fault) {
        return new CheckpointException(
                file + ": not a sound safetensors file: " + CheckpointException.shortened(fault));
    }

    private static CheckpointException damaged(Path file, String fault, Throwable cause) {
        return new CheckpointException(
                file + ": not a sound safetensors file: " + CheckpointException.shortened(fault), cause);
    }
}
