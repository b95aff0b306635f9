package dev.lion.student.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.LongStream;

/**
 * A llama-style decoder on PyTorch: the script, compiled for one configuration. Holds no weights; they are handed to every
 * call. Not thread-safe: a decoder and all that is made from it belong on one thread.
 */
public final class Decoder implements AutoCloseable {
    private final DecoderConfig config;
    private final TorchScriptModule module;
    private final NDArray frequencies;

    private Decoder(DecoderConfig config, TorchScriptModule module) {
        this.config = config;
        this.module = module;
        this.frequencies = module.manager().create(frequencies(config));
    }

    /** Compiles the decoder; with {@code bfloat16} its matrix products are done in that type, everything else in float32. */
    public static Decoder open(DecoderConfig config, boolean bfloat16) {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("training", true);
        attributes.put("layers", config.numHiddenLayers());
        attributes.put("heads", config.numAttentionHeads());
        attributes.put("kv_heads", config.numKeyValueHeads());
        attributes.put("head_dim", config.headDim());
        attributes.put("eps", config.rmsNormEps());
        attributes.put("bf16", bfloat16);
        return new Decoder(config, TorchScriptModule.load(new TorchScriptArchive("Decoder", source(), attributes)));
    }

    private static String source() {
        try (var in = Decoder.class.getResourceAsStream("decoder.py")) {
            if (in == null) {
                throw new IllegalStateException("the resource decoder.py is missing beside " + Decoder.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the resource decoder.py could not be read", e);
        }
    }

    private static float[] frequencies(DecoderConfig config) {
        var frequencies = new float[config.headDim() / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) Math.pow(config.ropeTheta(), -2.0 * i / config.headDim());
        }
        return frequencies;
    }

    /** The configuration that this decoder was compiled for. */
    public DecoderConfig config() {
        return config;
    }

    /** The root of this decoder's tensors. */
    public NDManager manager() {
        return module.manager();
    }

    /** The angle of the rotary embedding for each step of position, [D / 2]. */
    public NDArray frequencies() {
        return frequencies;
    }

    /** A call of a method of the script. */
    public TorchScriptCall call(String method) {
        return new TorchScriptCall(module, method);
    }

    /**
     * Adds the gradient of a batch's loss to {@code gradients}.
     *
     * @param scale multiplies the gradient, not the result
     * @return the cross-entropy in nats, summed over the batch's labels
     */
    public double addGradients(Parameters weights, Parameters gradients, LabelledBatch batch, double scale) {
        try (NDManager scope = manager().newSubManager()) {
            var arguments = new NDList();
            arguments.add(scope.create(batch.ids(), new Shape(batch.rows(), batch.length())));
            arguments.add(scope.create(batch.at(), new Shape(batch.rows(), batch.mostLabels())));
            arguments.add(scope.create(batch.real()));
            arguments.add(scope.create(batch.labels()));
            arguments.add(scope.create((float) scale));
            arguments.add(frequencies);
            addList(arguments, "w[]", weights);
            addList(arguments, "g[]", gradients);
            NDArray method = scope.create(0f);
            method.setName("module_method:gradients");
            arguments.add(method);
            NDArray loss = module.runWithGradients(arguments).singletonOrThrow();
            return loss.toType(DataType.FLOAT64, false).getDouble();
        }
    }

    private static void addList(NDList arguments, String name, Parameters weights) {
        for (NDArray array : weights.arrays()) {
            array.setName(name);
            arguments.add(array);
        }
    }

    /** The logits at every place of one row, [T][V]. */
    public float[][] logits(Parameters weights, int... ids) {
        try (NDManager scope = manager().newSubManager();
                var call = call("logits")) {
            long[] wide = Arrays.stream(ids).asLongStream().toArray();
            NDArray logits = call.with(weights.arrays())
                    .with(frequencies)
                    .with(scope.create(wide, new Shape(1, ids.length)))
                    .with(scope.create(LongStream.range(0, ids.length).toArray(), new Shape(1, ids.length)))
                    .runForArray(scope);
            float[] flat = logits.toFloatArray();
            var rows = new float[ids.length][];
            for (int row = 0; row < ids.length; row++) {
                rows[row] = Arrays.copyOfRange(flat, row * config.vocabSize(), (row + 1) * config.vocabSize());
            }
            return rows;
        }
    }

    /** Frees the script and every tensor that was made under {@link #manager()}. */
    @Override
    public void close() {
        module.close();
    }
}
