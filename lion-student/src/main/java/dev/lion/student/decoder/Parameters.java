package dev.lion.student.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One number for each of some named parameters: a decoder's weights or an adapter's, or as many gradients or moments. Owner
 * of native memory, which is reached by the Hugging Face name of a parameter.
 *
 * <p>Queries, keys and values of a layer lie in one tensor, and so do gate and up: fewer and larger products. Their rows
 * stay contiguous, so that every name still has its own stretch of memory.
 */
public final class Parameters implements AutoCloseable {
    private final Map<String, List<Long>> shapes;
    private final NDManager manager;
    private final int width;
    private final List<NDArray> arrays = new ArrayList<>();
    private final Map<String, ByteBuffer> memory = new HashMap<>();

    private Parameters(Decoder decoder, Map<String, List<Long>> shapes, DataType type) {
        this.shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        this.manager = decoder.manager().newSubManager();
        this.width = type.getNumOfBytes();
        var left = new LinkedHashMap<>(shapes);
        while (!left.isEmpty()) {
            List<String> names = WeightGroups.first(left.keySet());
            allocate(names, names.stream().map(left::remove).toList(), type);
        }
    }

    private void allocate(List<String> names, List<List<Long>> shapes, DataType type) {
        var shape = shapes.get(0).stream().mapToLong(Long::longValue).toArray();
        shape[0] = shapes.stream().mapToLong(one -> one.get(0)).sum();
        requireAddressable(names, new Shape(shape).size());
        NDArray array = manager.zeros(new Shape(shape), type);
        arrays.add(array);
        ByteBuffer all = array.toByteBuffer(true);
        int start = 0;
        for (int i = 0; i < names.size(); i++) {
            int bytes = Math.toIntExact(shapes.get(i).stream().reduce((long) width, Math::multiplyExact));
            memory.put(names.get(i), all.slice(start, bytes));
            start += bytes;
        }
    }

    private void requireAddressable(List<String> names, long numbers) {
        if (numbers * width > Integer.MAX_VALUE) {
            manager.close();
            throw new IllegalArgumentException(names + " take " + numbers * width
                    + " bytes together; this student holds tensors of less than 2 GiB, so use a smaller model");
        }
    }

    /** All zeros, in float32: weights to be filled. */
    public static Parameters zeros(Decoder decoder) {
        return zeros(decoder, decoder.config().parameterShapes(), DataType.FLOAT32);
    }

    /** No parameters, of a model that is not trained. */
    static Parameters none(Decoder decoder) {
        return new Parameters(decoder, Map.of(), DataType.FLOAT32);
    }

    static Parameters zeros(Decoder decoder, Map<String, List<Long>> shapes, DataType type) {
        return new Parameters(decoder, shapes, type);
    }

    /** All zeros, in float32, with the names and shapes of others: the beginning of their gradients and moments. */
    public static Parameters like(Decoder decoder, Parameters others) {
        return new Parameters(decoder, others.shapes, DataType.FLOAT32);
    }

    /** A new adapter, which adds nothing yet: A uniform in ±1/√in, as PEFT and PyTorch start it, and B zero. */
    public static Parameters lora(Decoder decoder, LoraConfig lora, long seed) {
        var adapter = new Parameters(decoder, lora.parameterShapes(decoder.config()), DataType.FLOAT32);
        var random = new Random(seed);
        adapter.shapes.forEach((name, shape) -> {
            double bound = name.endsWith("lora_A.weight") ? 1 / Math.sqrt(shape.get(1)) : 0;
            var values = adapter.bytes(name).asFloatBuffer();
            while (values.hasRemaining()) {
                values.put((float) (bound * (2 * random.nextDouble() - 1)));
            }
        });
        return adapter;
    }

    /**
     * Weights to start a training from, the same for the same seed on every machine: normal with standard deviation
     * √(2 / (5 · hidden size)) (Nguyen and Salazar, <i>Transformers without Tears</i>, 2019), divided by √(2 · layers) where
     * a layer writes to the residual stream; norms 1, biases 0. The usual 0.02 suits a hidden size of 1000; a student of a tenth of
     * that hardly starts to learn with it.
     */
    public static Parameters random(Decoder decoder, long seed) {
        var weights = zeros(decoder);
        var random = new Random(seed);
        double ordinary = Math.sqrt(2.0 / (5.0 * decoder.config().hiddenSize()));
        double residual = ordinary / Math.sqrt(2.0 * decoder.config().numHiddenLayers());
        for (String name : weights.names()) {
            double mean = norm(name) ? 1 : 0;
            double deviation =
                    name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight") ? residual : ordinary;
            boolean product = !norm(name) && !name.endsWith(".bias");
            var values = weights.bytes(name).asFloatBuffer();
            while (values.hasRemaining()) {
                values.put((float) (product ? random.nextGaussian() * deviation : mean));
            }
        }
        return weights;
    }

    private static boolean norm(String name) {
        return name.endsWith("norm.weight");
    }

    NDManager manager() {
        return manager;
    }

    Map<String, List<Long>> shapes() {
        return shapes;
    }

    /** The names of all parameters, in the order that files keep. */
    public Set<String> names() {
        return shapes.keySet();
    }

    /**
     * A parameter's memory itself, rows first, in the machine's byte order. It must not be used once this is closed: the
     * memory is then no longer there.
     */
    public ByteBuffer bytes(String name) {
        ByteBuffer bytes = memory.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("this decoder has no parameter " + name);
        }
        return bytes.duplicate().order(ByteOrder.nativeOrder());
    }

    /** The tensors in the order of the script. */
    public List<NDArray> arrays() {
        return Collections.unmodifiableList(arrays);
    }

    /** Numbers in all. */
    public long count() {
        return arrays.stream().mapToLong(NDArray::size).sum();
    }

    @Override
    public void close() {
        memory.clear();
        manager.close();
    }
}
