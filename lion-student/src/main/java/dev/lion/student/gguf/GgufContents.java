package dev.lion.student.gguf;

import dev.lion.student.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a GGUF file, read strictly: what it says fits the file, or it is refused.
 *
 * @param metadata the keys with their values
 * @param tensors by name
 * @param places where in the file each tensor begins
 */
record GgufContents(Map<String, GgufValue> metadata, Map<String, GgufTensor> tensors, Map<String, Long> places) {
    private static final int MOST_KEYS = 10_000;
    private static final int MOST_TENSORS = 100_000;
    private static final int MOST_DIMENSIONS = 4;

    /** Elements of all lists together: a vocabulary of a quarter of a million tokens has about 1.3 million. */
    private static final int MOST_ELEMENTS = 1 << 23;

    static GgufContents read(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Reader(new GgufCursor(file, channel)).read();
        }
    }

    /** Reads one header. */
    private static final class Reader {
        private final GgufCursor in;
        private final Map<String, GgufValue> metadata = new LinkedHashMap<>();
        private final Map<String, GgufTensor> tensors = new LinkedHashMap<>();
        private final Map<String, Long> places = new LinkedHashMap<>();
        private int elements = MOST_ELEMENTS;

        Reader(GgufCursor in) {
            this.in = in;
        }

        GgufContents read() throws IOException {
            requireVersion();
            int tensorCount = in.count("tensors", Integer.BYTES, MOST_TENSORS);
            int keyCount = in.count("keys", Integer.BYTES, MOST_KEYS);
            for (int i = 0; i < keyCount; i++) {
                String key = in.text();
                if (metadata.put(key, value(in.int32())) != null) {
                    throw in.damaged("it has the key " + quoted(key) + " twice");
                }
            }
            requireAlignment();
            for (int i = 0; i < tensorCount; i++) {
                readTensor();
            }
            requireContiguous();
            return new GgufContents(metadata, tensors, places);
        }

        private void requireVersion() throws IOException {
            if (in.remaining() < Long.BYTES || in.int32() != GgufHeader.MAGIC) {
                throw in.damaged("it does not begin with the letters GGUF; is it another file?");
            }
            int version = in.int32();
            if (version != GgufHeader.VERSION) {
                throw in.damaged("it is of version " + Integer.toUnsignedString(version) + "; only "
                        + GgufHeader.VERSION + " is read, of little-endian numbers");
            }
        }

        private void requireAlignment() {
            GgufValue alignment = metadata.get("general.alignment");
            if (alignment != null && !alignment.equals(new GgufValue.Whole(GgufHeader.ALIGNMENT))) {
                throw in.damaged("its tensors begin at multiples of " + alignment + ", not of " + GgufHeader.ALIGNMENT);
            }
        }

        private GgufValue value(int type) throws IOException {
            return switch (type) {
                case GgufHeader.UINT8 -> new GgufValue.Whole(in.int8() & 0xff);
                case GgufHeader.INT8 -> new GgufValue.Whole(in.int8());
                case GgufHeader.UINT16 -> new GgufValue.Whole(in.int16() & 0xffff);
                case GgufHeader.INT16 -> new GgufValue.Whole(in.int16());
                case GgufHeader.UINT32 -> new GgufValue.Whole(Integer.toUnsignedLong(in.int32()));
                case GgufHeader.INT32 -> new GgufValue.Whole(in.int32());
                case GgufHeader.UINT64, GgufHeader.INT64 -> new GgufValue.Whole(in.int64());
                case GgufHeader.FLOAT32 -> new GgufValue.Real(shortest(in.float32()));
                case GgufHeader.FLOAT64 -> new GgufValue.Real(in.float64());
                case GgufHeader.BOOL -> new GgufValue.Flag(in.int8() != 0);
                case GgufHeader.STRING -> new GgufValue.Text(in.text());
                case GgufHeader.ARRAY -> array(in.int32());
                default -> throw in.damaged("a value before byte " + in.place() + " is of the unknown type " + type);
            };
        }

        /** The number that was meant: 1e-6 of 32 bits is another one than 1e-6 of 64. */
        private static double shortest(float value) {
            return Double.parseDouble(Float.toString(value));
        }

        private GgufValue array(int type) throws IOException {
            int count = in.count("elements in a list", 1, elements);
            elements -= count;
            return switch (type) {
                case GgufHeader.STRING -> new GgufValue.Texts(list(count, in::text));
                case GgufHeader.INT32, GgufHeader.UINT32 -> new GgufValue.Wholes(list(count, in::int32));
                case GgufHeader.FLOAT32 -> new GgufValue.Reals(list(count, in::float32));
                default ->
                    throw in.damaged("a list before byte " + in.place() + " is of the type " + type
                            + "; only texts, 32-bit whole numbers and 32-bit floating-point numbers are read");
            };
        }

        /** Something to read. */
        private interface Part<T> {
            T read() throws IOException;
        }

        private static <T> List<T> list(int count, Part<T> part) throws IOException {
            var list = new ArrayList<T>();
            for (int i = 0; i < count; i++) {
                list.add(part.read());
            }
            return list;
        }

        private void readTensor() throws IOException {
            String name = in.text();
            int dimensions = in.int32();
            if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
                throw in.damaged(
                        "tensor " + quoted(name) + " has " + Integer.toUnsignedString(dimensions) + " dimensions");
            }
            var shape = new ArrayList<Long>();
            for (int i = 0; i < dimensions; i++) {
                shape.add(0, in.int64());
            }
            long type = Integer.toUnsignedLong(in.int32());
            GgufType known = GgufType.ofId(type)
                    .orElseThrow(() -> in.damaged("tensor " + quoted(name) + " is of the type " + type
                            + "; only F32, F16 and Q8_0 are read"));
            var tensor = new GgufTensor(name, shape, known);
            requireShape(tensor);
            if (tensors.put(name, tensor) != null) {
                throw in.damaged("it has the tensor " + quoted(name) + " twice");
            }
            places.put(name, in.int64());
        }

        private void requireShape(GgufTensor tensor) {
            try {
                long width = tensor.shape().get(tensor.shape().size() - 1);
                boolean sound = tensor.shape().stream().allMatch(one -> one > 0)
                        && width % tensor.type().block() == 0
                        && tensor.bytes() <= in.remaining();
                if (sound) {
                    return;
                }
            } catch (ArithmeticException e) {
                throw impossible(tensor);
            }
            throw impossible(tensor);
        }

        private CheckpointException impossible(GgufTensor tensor) {
            return in.damaged("tensor " + quoted(tensor.name()) + " of type " + tensor.type() + " has the shape "
                    + tensor.shape() + ", which is impossible or larger than the file; was it cut off?");
        }

        /** Also turns the places, which count from the first tensor's, into those in the file. */
        private void requireContiguous() {
            long start = GgufHeader.aligned(in.place());
            long due = 0;
            for (GgufTensor tensor : tensors.values()) {
                long found = places.getOrDefault(tensor.name(), -1L);
                if (found != due) {
                    throw in.damaged("tensor " + quoted(tensor.name()) + " begins at byte " + found
                            + " of the data, not at " + due + " where the one before it ends");
                }
                places.put(tensor.name(), start + due);
                due = GgufHeader.aligned(due + tensor.bytes());
            }
            long size = in.place() + in.remaining();
            if (start + due != size) {
                throw in.damaged("its tensors end at byte " + (start + due) + " of a file of " + size
                        + "; was it cut off, or is something after it?");
            }
        }

        /** A name of a file's, short enough for a message. */
        private static String quoted(String name) {
            return "'" + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + "'";
        }
    }
}
