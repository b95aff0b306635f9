package dev.lion.student.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A llama-style decoder on PyTorch: the script, compiled for one configuration. Holds no weights; they are handed to every
 * call. Several threads may call it at the same time, while none writes to tensors that another uses; it is closed when no
 * call runs any more.
 */
public final class Decoder implements AutoCloseable {
    private final DecoderConfig config;
    private final TorchScriptModule module;
    private final NDArray frequencies;
    private final boolean bfloat16;
    private final MatrixOrder order;
    private final WeightType baseType;
    private final Optional<LoraConfig> lora;

    private Decoder(
            DecoderConfig config,
            TorchScriptModule module,
            boolean bfloat16,
            MatrixOrder order,
            WeightType baseType,
            Optional<LoraConfig> lora) {
        this.config = config;
        this.bfloat16 = bfloat16;
        this.order = order;
        this.baseType = baseType;
        this.lora = lora;
        this.module = module;
        this.frequencies = module.manager().create(frequencies(config));
    }

    /**
     * Compiles a decoder all of whose weights are trained, in float32; with {@code bfloat16} its matrix products are done in
     * that type, everything else in float32.
     */
    public static Decoder open(DecoderConfig config, boolean bfloat16) {
        return open(config, bfloat16, WeightType.FLOAT32, Optional.empty());
    }

    /** Compiles a decoder nothing of which is trained; its weights are held as the type says. */
    public static Decoder open(DecoderConfig config, boolean bfloat16, WeightType weights) {
        return open(config, bfloat16, weights, Optional.empty());
    }

    /** Compiles a decoder whose weights stay as they are, held as the type says, while an adapter is trained. */
    public static Decoder open(DecoderConfig config, boolean bfloat16, WeightType base, LoraConfig lora) {
        return open(config, bfloat16, base, Optional.of(lora));
    }

    private static Decoder open(DecoderConfig config, boolean bfloat16, WeightType base, Optional<LoraConfig> lora) {
        return open(config, bfloat16, MatrixOrder.of(config, bfloat16), base, lora);
    }

    /** The same with matrices that answer in an order, whatever processor this is. */
    static Decoder open(
            DecoderConfig config, boolean bfloat16, MatrixOrder order, WeightType base, Optional<LoraConfig> lora) {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("training", true);
        attributes.put("layers", config.numHiddenLayers());
        attributes.put("heads", config.numAttentionHeads());
        attributes.put("kv_heads", config.numKeyValueHeads());
        attributes.put("head_dim", config.headDim());
        attributes.put("feed_forward", config.intermediateSize());
        attributes.put("eps", config.rmsNormEps());
        attributes.put("bias", config.family().attentionBias());
        attributes.put("qk_norm", config.family().queryKeyNorm());
        attributes.put("tied", config.tieWordEmbeddings());
        attributes.put("window", config.slidingWindow().orElse(0));
        attributes.put("bf16", bfloat16);
        attributes.put("int8", base == WeightType.INT8);
        attributes.put("blocks", order != MatrixOrder.PLAIN);
        attributes.put("strips", order == MatrixOrder.BLOCKS_AND_STRIPS && base != WeightType.INT8);
        attributes.put("targets", lora.map(Decoder::targetBits).orElse(0));
        attributes.put("rank", lora.map(LoraConfig::rank).orElse(0));
        attributes.put("lora_scale", lora.map(LoraConfig::scale).orElse(0.0));
        attributes.put("dropout", lora.map(LoraConfig::dropout).orElse(0.0));
        var archive = new TorchScriptArchive("Decoder", source(), attributes);
        return new Decoder(config, TorchScriptModule.load(archive), bfloat16, order, base, lora);
    }

    private static int targetBits(LoraConfig lora) {
        var order = List.of(LoraConfig.Target.values());
        return lora.targets().stream()
                .mapToInt(target -> 1 << order.indexOf(target))
                .sum();
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
            double frequency = Math.pow(config.ropeTheta(), -2.0 * i / config.headDim());
            frequencies[i] = config.ropeScaling()
                    .map(scaling -> scaling.scaled(frequency))
                    .orElse(frequency)
                    .floatValue();
        }
        return frequencies;
    }

    /** The configuration that this decoder was compiled for. */
    public DecoderConfig config() {
        return config;
    }

    /** The adapter that this decoder was compiled for; empty when all weights are trained. */
    public Optional<LoraConfig> lora() {
        return lora;
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

    /** The arguments that say what goes through the decoder: frequencies, tokens, runs. */
    public TorchScriptCall stream(TorchScriptCall call, NDManager scope, TokenStream stream) {
        return call.with(frequencies)
                .with(scope.create(stream.ids()))
                .with(scope.create(stream.runs(), new Shape(stream.runs().length / 2, 2)));
    }

    /** Whether matrix products are done in bfloat16. */
    public boolean bfloat16() {
        return bfloat16;
    }

    /**
     * Whether the matrices of weights that only answer lie in the order of oneDNN's products, because that is faster on this
     * processor. Reading them back makes a copy.
     */
    boolean holdsBlocks() {
        boolean asMultiplied = baseType == (bfloat16 ? WeightType.BFLOAT16 : WeightType.FLOAT32);
        return order != MatrixOrder.PLAIN && asMultiplied && lora.isEmpty();
    }

    /** How weights that stay as they are are held. */
    public WeightType baseType() {
        return baseType;
    }

    static double[] doubles(NDArray numbers) {
        return numbers.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    /** Frees the script and every tensor that was made under {@link #manager()}. */
    @Override
    public void close() {
        module.close();
    }
}
