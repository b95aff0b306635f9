package dev.lion.student.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A {@code .safetensors} file: named tensors whose bytes stay on disk until they are asked for, then are mapped, a small
 * stretch at a time.
 *
 * <p>Files and tensors of any size are read. F32, BF16 and F16 become fp32, exactly. Nothing is held open, so there is
 * nothing to close; the instance is immutable and may be shared by threads.
 */
public final class SafetensorsFile implements TensorSource {
    /** Numbers that are mapped at a time. */
    private static final int STRETCH = 1 << 18;

    /** Numbers that are handed over at a time: so few that the garbage of a loading is small beside the weights. */
    private static final int CHUNK = 1 << 14;

    private final Path file;
    private final SafetensorsHeader header;
    private final Map<String, List<Long>> shapes;

    private SafetensorsFile(Path file, SafetensorsHeader header) {
        this.file = file;
        this.header = header;
        var byName = new LinkedHashMap<String, List<Long>>();
        header.tensors().forEach((name, entry) -> byName.put(name, entry.shape()));
        this.shapes = Collections.unmodifiableMap(byName);
    }

    /**
     * Reads and checks the header.
     *
     * @throws CheckpointException when the header does not describe the file byte for byte
     */
    public static SafetensorsFile open(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SafetensorsFile(file, SafetensorsHeader.read(file, channel));
        }
    }

    /**
     * Writes tensors, in the map's order, one at a time, and forces them to the disk. An existing file is replaced.
     *
     * @param shapes every tensor's shape by its name
     * @param type what the fp32 values are rounded to
     * @param values asked once for each name, in order
     * @throws CheckpointException when a value is NaN, infinite or beyond the type's range
     * @throws IOException naming the file, when it cannot be written in full
     */
    public static void write(Path file, Map<String, List<Long>> shapes, StoredType type, TensorSource values)
            throws IOException {
        write(file, shapes, type, values, Map.of());
    }

    /** As {@link #write(Path, Map, StoredType, TensorSource)}, with further entries for the header's metadata. */
    static void write(
            Path file,
            Map<String, List<Long>> shapes,
            StoredType type,
            TensorSource values,
            Map<String, String> metadata)
            throws IOException {
        new SafetensorsWriter(file, type).write(shapes, metadata, values);
    }

    /** The file that was read. */
    public Path path() {
        return file;
    }

    /** Every tensor's shape, rows first, by name in the file's order. */
    public Map<String, List<Long>> shapes() {
        return shapes;
    }

    /** What the header's {@code __metadata__} says. */
    Map<String, String> metadata() {
        return header.metadata();
    }

    /** What is wrong with the type of a tensor of this file, if it is to hold weights. */
    Optional<String> typeFault(String name) {
        TensorType type = entry(name).type();
        return type.weights().isPresent()
                ? Optional.empty()
                : Optional.of(name + " has dtype " + type + "; only F32, F16 and BF16 are read as weights");
    }

    /**
     * {@inheritDoc} Takes about a MiB of memory, however large the tensor is; threads may read at the same time.
     *
     * @param chunks gets at most 16,384 numbers at a time
     * @throws CheckpointException when there is no such tensor, its dtype does not hold weights, or a number is NaN or
     *     infinite; the message names file and tensor
     */
    @Override
    public void read(String name, Consumer<FloatBuffer> chunks) throws IOException {
        SafetensorsHeader.Entry entry = entry(name);
        StoredType type = entry.type()
                .weights()
                .orElseThrow(() ->
                        new CheckpointException(file + ": " + typeFault(name).orElseThrow()));
        long numbers = (entry.end() - entry.begin()) / type.bytes();
        var values = new float[(int) Math.min(numbers, CHUNK)];
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long done = 0; done < numbers; done += STRETCH) {
                long count = Math.min(numbers - done, STRETCH);
                long place = header.dataStart() + entry.begin() + done * type.bytes();
                try (var stretch = MappedStretch.of(channel, place, count * type.bytes())) {
                    read(name, type, stretch, done, values, chunks);
                }
            }
        }
    }

    /** Hands over a stretch of a tensor that begins after {@code before} of its numbers. */
    private void read(
            String name,
            StoredType type,
            MappedStretch stretch,
            long before,
            float[] values,
            Consumer<FloatBuffer> chunks) {
        ByteBuffer bytes = stretch.littleEndian();
        for (long done = before; bytes.hasRemaining(); done += values.length) {
            int count = Math.min(values.length, bytes.remaining() / type.bytes());
            type.decode(bytes, values, count);
            bytes.position(bytes.position() + count * type.bytes());
            requireFinite(name, values, count, done);
            chunks.accept(FloatBuffer.wrap(values, 0, count));
        }
    }

    private void requireFinite(String name, float[] values, int count, long before) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new CheckpointException(file + ": tensor " + name + " is " + values[i] + " at place "
                        + (before + i) + "; the weights are damaged, or the training that made them failed");
            }
        }
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new CheckpointException(file + ": there is no tensor " + name);
        }
        return entry;
    }
}
