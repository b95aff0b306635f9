package dev.lion.student.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code .safetensors} file: named tensors whose bytes stay on disk until they are asked for.
 *
 * <p>Files of any size are read; a single tensor may have at most 2 GiB on disk. F32, BF16 and F16 become fp32, exactly.
 * Nothing is held open, so there is nothing to close; the instance is immutable and may be shared by threads.
 */
public final class SafetensorsFile {
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
    public static SafetensorsFile read(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SafetensorsFile(file, SafetensorsHeader.read(file, channel));
        }
    }

    /**
     * Writes fp32 tensors, in the map's order, one at a time, and forces them to the disk. An existing file is replaced.
     *
     * @param shapes every tensor's shape by its name
     * @param values asked once for each name, in order
     * @throws IOException naming the file, when it cannot be written in full
     */
    public static void write(Path file, Map<String, List<Long>> shapes, TensorSource values) throws IOException {
        SafetensorsWriter.write(file, shapes, values);
    }

    /** The file that was read. */
    public Path path() {
        return file;
    }

    /** Every tensor's shape, rows first, by name in the file's order. */
    public Map<String, List<Long>> shapes() {
        return shapes;
    }

    /**
     * A tensor's values, rows first: a read-only view of the mapped file for F32, a converted copy otherwise. A view
     * stays valid for as long as the buffer is reachable and the file is not changed.
     *
     * @throws CheckpointException when there is no such tensor, its dtype does not hold weights, or it is beyond 2 GiB
     */
    public FloatBuffer floats(String name) throws IOException {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new CheckpointException(file + ": there is no tensor " + name);
        }
        if (!entry.type().isReadable()) {
            throw new CheckpointException(file + ": tensor " + name + " has dtype " + entry.type()
                    + "; only F32, F16 and BF16 are read as weights");
        }
        return entry.type().toFloats(bytes(name, entry));
    }

    private ByteBuffer bytes(String name, SafetensorsHeader.Entry entry) throws IOException {
        long length = entry.end() - entry.begin();
        if (length > Integer.MAX_VALUE) {
            throw new CheckpointException(
                    file + ": tensor " + name + " has " + length + " bytes; a single tensor is read up to 2 GiB");
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, header.dataStart() + entry.begin(), length)
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
