package dev.lion.student.gguf;

import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.ModelFamily;
import dev.lion.student.decoder.RopeScaling;
import dev.lion.student.gguf.GgufValue.Real;
import dev.lion.student.gguf.GgufValue.Text;
import dev.lion.student.gguf.GgufValue.Whole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a GGUF file says of a decoder's shape. */
final class GgufKeys {
    private static final int QUANTIZATION_VERSION = 2;

    private GgufKeys() {}

    /** Llama and mistral are one architecture to llama.cpp. */
    static boolean isLlama(DecoderConfig config) {
        return config.family() == ModelFamily.LLAMA || config.family() == ModelFamily.MISTRAL;
    }

    static String architecture(DecoderConfig config) {
        return isLlama(config) ? ModelFamily.LLAMA.modelType() : config.family().modelType();
    }

    /**
     * The keys of a shape.
     *
     * @throws CheckpointException when llama.cpp would compute something else with it
     */
    static Map<String, GgufValue> of(String name, DecoderConfig config, GgufType type) {
        requireSupported(config);
        var keys = new LinkedHashMap<String, GgufValue>();
        keys.put("general.architecture", new Text(architecture(config)));
        keys.put("general.type", new Text("model"));
        keys.put("general.name", new Text(name));
        keys.put("general.file_type", new Whole(type.fileType()));
        keys.put("general.quantization_version", new Whole(QUANTIZATION_VERSION));
        keys.put("general.alignment", new Whole(GgufHeader.ALIGNMENT));
        shape(config).forEach((key, value) -> keys.put(architecture(config) + "." + key, value));
        return keys;
    }

    private static Map<String, GgufValue> shape(DecoderConfig config) {
        var keys = new LinkedHashMap<String, GgufValue>();
        keys.put("vocab_size", new Whole(config.vocabSize()));
        keys.put("context_length", new Whole(contextLength(config)));
        keys.put("embedding_length", new Whole(config.hiddenSize()));
        keys.put("block_count", new Whole(config.numHiddenLayers()));
        keys.put("feed_forward_length", new Whole(config.intermediateSize()));
        keys.put("attention.head_count", new Whole(config.numAttentionHeads()));
        keys.put("attention.head_count_kv", new Whole(config.numKeyValueHeads()));
        keys.put("attention.key_length", new Whole(config.headDim()));
        keys.put("attention.value_length", new Whole(config.headDim()));
        keys.put("attention.layer_norm_rms_epsilon", new Real(config.rmsNormEps()));
        keys.put("rope.dimension_count", new Whole(config.headDim()));
        keys.put("rope.freq_base", new Real(config.ropeTheta()));
        return keys;
    }

    /** The shape that a file describes; errors as for {@link GgufFile#open}. */
    static DecoderConfig read(GgufFields fields, boolean tied) {
        String architecture = fields.text("general.architecture");
        ModelFamily family = ModelFamily.ofModelType(architecture)
                .filter(known -> known != ModelFamily.MISTRAL)
                .orElseThrow(() -> new CheckpointException(fields.file() + ": the architecture '" + architecture
                        + "' is not supported, only llama, qwen2 and qwen3"));
        String prefix = architecture + ".";
        return DecoderConfig.builder()
                .family(family)
                .vocabSize(fields.whole(prefix + "vocab_size"))
                .maxPositionEmbeddings(fields.whole(prefix + "context_length"))
                .hiddenSize(fields.whole(prefix + "embedding_length"))
                .numHiddenLayers(fields.whole(prefix + "block_count"))
                .intermediateSize(fields.whole(prefix + "feed_forward_length"))
                .numAttentionHeads(fields.whole(prefix + "attention.head_count"))
                .numKeyValueHeads(fields.whole(prefix + "attention.head_count_kv"))
                .headDim(fields.whole(prefix + "attention.key_length"))
                .rmsNormEps(fields.real(prefix + "attention.layer_norm_rms_epsilon"))
                .ropeTheta(fields.real(prefix + "rope.freq_base"))
                .tieWordEmbeddings(tied)
                .build();
    }

    /** What {@link #read} gives of a shape that was written: what llama.cpp does not tell apart is the same there. */
    static DecoderConfig readBack(DecoderConfig config) {
        return new DecoderConfig(
                isLlama(config) ? ModelFamily.LLAMA : config.family(),
                config.vocabSize(),
                config.hiddenSize(),
                config.intermediateSize(),
                config.numHiddenLayers(),
                config.numAttentionHeads(),
                config.numKeyValueHeads(),
                config.headDim(),
                contextLength(config),
                config.ropeTheta(),
                config.rmsNormEps(),
                config.tieWordEmbeddings(),
                Optional.empty(),
                OptionalInt.empty());
    }

    /**
     * The longest text for which llama.cpp computes what the student does. Its llama architecture has no window, and within
     * a text that fits into one there is none to see.
     */
    static int contextLength(DecoderConfig config) {
        return Math.min(config.maxPositionEmbeddings(), config.slidingWindow().orElse(Integer.MAX_VALUE));
    }

    private static void requireSupported(DecoderConfig config) {
        if (config.ropeScaling().isPresent() && !isLlama(config)) {
            throw new CheckpointException("llama.cpp has no llama3 rope scaling for a "
                    + config.family().modelType() + "; export to safetensors instead");
        }
    }

    /** By what llama.cpp divides the rotary frequency of each pair of rows. */
    static float[] ropeFactors(DecoderConfig config, RopeScaling scaling) {
        var factors = new float[config.headDim() / 2];
        for (int i = 0; i < factors.length; i++) {
            double frequency = Math.pow(config.ropeTheta(), -2.0 * i / config.headDim());
            factors[i] = (float) (frequency / scaling.scaled(frequency));
        }
        return factors;
    }
}
