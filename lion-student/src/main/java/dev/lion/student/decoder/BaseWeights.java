package dev.lion.student.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoder's weights that stay as they are while an adapter is trained, in fewer bits if wanted. Owner of native memory; no
 * gradients or moments belong to them.
 */
public final class BaseWeights implements AutoCloseable {
    private static final int CHUNK = 1 << 18;

    /** The script's numbers for types: float32, bfloat16, int8. */
    private static final int FLOATS = 0;

    private static final int HALVES = 1;
    private static final int INTEGERS = 2;

    /** Float32 with a matrix's columns one after the other, which products of a few rows read faster. */
    private static final int COLUMNS = 3;

    private final NDManager manager;
    private final WeightType type;
    private final List<NDArray> arrays = new ArrayList<>();

    private BaseWeights(NDManager manager, WeightType type) {
        this.manager = manager;
        this.type = type;
    }

    /** The tensors of weights that stay their caller's, as they are. */
    static BaseWeights of(Parameters weights) {
        var base = new BaseWeights(weights.manager().newSubManager(), WeightType.FLOAT32);
        base.arrays.addAll(weights.arrays());
        return base;
    }

    /** Where the numbers come from: asked once for each parameter's name, to give its rows in order. */
    @FunctionalInterface
    public interface Source {
        /** Gives all the parameter's numbers, rows first, in pieces of any size. */
        void read(String name, Sink sink) throws IOException;
    }

    /** Takes the numbers of one parameter. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the numbers from the buffer's position to its limit. */
        void take(FloatBuffer numbers);
    }

    /** Reads the weights, a few rows at a time. The decoder must have been opened for this type. */
    public static BaseWeights read(Decoder decoder, Source source) throws IOException {
        var weights = new BaseWeights(decoder.manager().newSubManager(), decoder.baseType());
        try {
            weights.readAll(decoder, source);
            return weights;
        } catch (IOException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private void readAll(Decoder decoder, Source source) throws IOException {
        var scales = new ArrayList<NDArray>();
        var shapes = new LinkedHashMap<>(decoder.config().parameterShapes());
        ByteBuffer staging = staging(shapes.values());
        while (!shapes.isEmpty()) {
            List<String> names = WeightGroups.first(shapes.keySet());
            var group = new LinkedHashMap<String, List<Long>>();
            names.forEach(name -> group.put(name, shapes.remove(name)));
            scales.add(readGroup(decoder, source, group, staging));
        }
        if (type == WeightType.INT8) {
            arrays.addAll(scales);
        }
    }

    /** Room for some rows of any parameter, used again and again: direct memory is given back late. */
    private static ByteBuffer staging(Collection<List<Long>> shapes) {
        long widest = shapes.stream().mapToLong(BaseWeights::width).max().orElseThrow();
        return ByteBuffer.allocateDirect(Math.toIntExact(Math.max(CHUNK, widest) * Float.BYTES))
                .order(ByteOrder.nativeOrder());
    }

    private static long width(List<Long> shape) {
        return shape.size() == 1 ? 1 : shape.get(1);
    }

    private NDArray readGroup(Decoder decoder, Source source, Map<String, List<Long>> group, ByteBuffer staging)
            throws IOException {
        List<Long> first = group.values().iterator().next();
        long width = width(first);
        long rows = group.values().stream().mapToLong(shape -> shape.get(0)).sum();
        long[] shape = first.size() == 1 ? new long[] {rows} : new long[] {rows, width};
        int kind = kind(decoder, group.keySet().iterator().next(), first);
        NDArray array = reserve(decoder, shape, kind);
        NDArray scale = reserve(decoder, new long[] {kind == INTEGERS ? rows : 0, 1}, FLOATS);
        int row = 0;
        for (var part : group.entrySet()) {
            var filling = new Filling(decoder, array, scale, row, part.getValue(), staging);
            source.read(part.getKey(), filling::take);
            filling.finish(part.getKey());
            row += Math.toIntExact(part.getValue().get(0));
        }
        boolean ofLayer = isMatrixOfLayer(group.keySet().iterator().next(), first);
        arrays.add(decoder.holdsBlocks() && ofLayer ? inBlocks(decoder, array) : array);
        return scale;
    }

    private NDArray inBlocks(Decoder decoder, NDArray rows) {
        try (var call = decoder.call("blocked")) {
            return call.with(rows).runForArray(manager);
        } finally {
            rows.close();
        }
    }

    private static boolean isMatrixOfLayer(String name, List<Long> shape) {
        return shape.size() == 2 && name.startsWith("model.layers.");
    }

    private int kind(Decoder decoder, String name, List<Long> shape) {
        boolean ofLayer = isMatrixOfLayer(name, shape);
        if (shape.size() == 1 || type == WeightType.FLOAT32) {
            boolean columns = decoder.lora().isEmpty() && !decoder.bfloat16() && !decoder.holdsBlocks();
            return ofLayer && columns ? COLUMNS : FLOATS;
        }
        return type == WeightType.INT8 && ofLayer ? INTEGERS : HALVES;
    }

    private NDArray reserve(Decoder decoder, long[] shape, int kind) {
        try (var call = decoder.call("reserve")) {
            return call.with(shape).with(kind).runForArray(manager);
        }
    }

    /** Cuts pieces of any size into whole rows. */
    private final class Filling {
        private final Decoder decoder;
        private final NDArray array;
        private final NDArray scale;
        private final long[] rowShape;
        private final long rowsInAll;
        private final ByteBuffer staging;
        private final FloatBuffer buffer;
        private long row;
        private long rowsDone;

        Filling(Decoder decoder, NDArray array, NDArray scale, long row, List<Long> shape, ByteBuffer staging) {
            this.decoder = decoder;
            this.array = array;
            this.scale = scale;
            this.row = row;
            this.rowsInAll = shape.get(0);
            this.rowShape = shape.size() == 1 ? new long[0] : new long[] {shape.get(1)};
            long width = width(shape);
            this.staging = staging;
            this.buffer = staging.asFloatBuffer()
                    .limit(Math.toIntExact(Math.min(rowsInAll, Math.max(1, CHUNK / width)) * width));
        }

        void take(FloatBuffer numbers) {
            var left = numbers.duplicate();
            while (left.hasRemaining()) {
                int count = Math.min(left.remaining(), buffer.remaining());
                buffer.put(left.slice(left.position(), count));
                left.position(left.position() + count);
                if (!buffer.hasRemaining()) {
                    flush();
                }
            }
        }

        private void flush() {
            int room = buffer.limit();
            buffer.flip();
            int bytes = buffer.remaining() * Float.BYTES;
            long width = rowShape.length == 0 ? 1 : rowShape[0];
            long rows = buffer.remaining() / width;
            var shape = rowShape.length == 0 ? new Shape(rows) : new Shape(rows, width);
            try (NDManager scope = manager.newSubManager();
                    var call = decoder.call("fill")) {
                call.with(array)
                        .with(scale)
                        .with(row)
                        .with(scope.create(
                                staging.duplicate()
                                        .order(ByteOrder.nativeOrder())
                                        .limit(bytes),
                                shape,
                                DataType.FLOAT32))
                        .run()
                        .close();
            }
            row += rows;
            rowsDone += rows;
            buffer.clear().limit(room);
        }

        void finish(String name) {
            if (buffer.position() > 0) {
                flush();
            }
            if (rowsDone != rowsInAll) {
                throw new IllegalArgumentException(name + " was given " + rowsDone + " rows of " + rowsInAll);
            }
        }
    }

    /** How they are held. */
    public WeightType type() {
        return type;
    }

    /** The tensors in the order of the script; their type may be one that DJL does not know, so nothing may be asked of them. */
    List<NDArray> arrays() {
        return Collections.unmodifiableList(arrays);
    }

    @Override
    public void close() {
        manager.close();
    }
}
