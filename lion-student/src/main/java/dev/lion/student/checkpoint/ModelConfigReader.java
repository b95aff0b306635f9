package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.ModelFamily;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Reads {@code config.json} with the defaults of Hugging Face's families, collecting every fault before it refuses. */
final class ModelConfigReader {
    private static final int MOST_LAYERS = 10_000;
    private static final String SLIDING_WINDOW = "sliding_window";
    private static final String KEY_VALUE_HEADS = "num_key_value_heads";
    private static final String HEAD_DIM = "head_dim";

    private final Path file;
    private final ConfigFields fields;

    private ModelConfigReader(Path file, ObjectNode config) {
        this.file = file;
        this.fields = ConfigFields.of(config);
    }

    /**
     * Reads the configuration.
     *
     * @param generation the content of {@code generation_config.json}, empty without one; its end-of-text tokens are added
     * @throws CheckpointException naming every field that is wrong or asks for what lion does not have
     */
    static ModelConfig read(Path file, ObjectNode config, ObjectNode generation) {
        return new ModelConfigReader(file, config).read(generation);
    }

    private ModelConfig read(ObjectNode generation) {
        ModelFamily family = family();
        UnsupportedFeatures.check(fields, family);
        DecoderConfig.Builder shape = shape(family);
        var tokens = SpecialTokenReader.read(fields, ConfigFields.of(generation), fields.integer("vocab_size", 0));
        throwFaults();
        try {
            return new ModelConfig(shape.build(), tokens);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    /** A family that lion does not have decides alone: what else its configuration says follows rules of its own. */
    private ModelFamily family() {
        String type = fields.text("model_type", "");
        Optional<ModelFamily> family = ModelFamily.ofModelType(type);
        if (family.isEmpty()) {
            fields.fault(
                    "model_type",
                    "'" + type + "' is not supported; lion trains dense models of the types "
                            + Arrays.stream(ModelFamily.values())
                                    .map(ModelFamily::modelType)
                                    .collect(Collectors.joining(", ")));
            throwFaults();
        }
        return family.orElseThrow();
    }

    private DecoderConfig.Builder shape(ModelFamily family) {
        int hidden = fields.requiredInt("hidden_size");
        int heads = fields.requiredInt("num_attention_heads");
        var shape = DecoderConfig.builder()
                .family(family)
                .vocabSize(fields.requiredInt("vocab_size"))
                .hiddenSize(hidden)
                .intermediateSize(fields.requiredInt("intermediate_size"))
                .numHiddenLayers(layers())
                .numAttentionHeads(heads)
                .numKeyValueHeads(keyValueHeads(family, heads))
                .headDim(headDim(family, hidden, heads))
                .maxPositionEmbeddings(fields.integer("max_position_embeddings", positions(family)))
                .ropeTheta(RopeReader.theta(fields))
                .rmsNormEps(rmsNormEps())
                .tieWordEmbeddings(fields.flag("tie_word_embeddings"));
        RopeReader.scaling(fields).ifPresent(shape::ropeScaling);
        slidingWindow(family).ifPresent(shape::slidingWindow);
        return shape;
    }

    private double rmsNormEps() {
        double eps = fields.number("rms_norm_eps", 1e-6);
        if (eps >= 1) {
            fields.fault("rms_norm_eps", eps + " is not below 1; published models have 1e-5 or 1e-6");
        }
        return eps;
    }

    private int layers() {
        int layers = fields.requiredInt("num_hidden_layers");
        if (layers > MOST_LAYERS) {
            fields.fault("num_hidden_layers", layers + " is more than " + MOST_LAYERS + "; is the file damaged?");
        }
        return layers;
    }

    /** Left out, it is what the family's published configuration has; {@code null} stands for one for each query head. */
    private int keyValueHeads(ModelFamily family, int heads) {
        int leftOut = switch (family) {
            case LLAMA -> heads;
            case MISTRAL -> 8;
            case QWEN2, QWEN3 -> 32;
        };
        return fields.integer(KEY_VALUE_HEADS, isLeftOut(KEY_VALUE_HEADS) ? leftOut : heads);
    }

    private int headDim(ModelFamily family, int hidden, int heads) {
        OptionalInt given = fields.integer(HEAD_DIM);
        if (given.isPresent()) {
            return given.getAsInt();
        }
        if (family == ModelFamily.QWEN3 && isLeftOut(HEAD_DIM)) {
            return 128;
        }
        if (heads > 0 && hidden % heads != 0) {
            fields.fault(
                    HEAD_DIM, "is missing, and hidden_size " + hidden + " does not divide among " + heads + " heads");
        }
        return heads > 0 ? hidden / heads : 0;
    }

    private static int positions(ModelFamily family) {
        return switch (family) {
            case LLAMA -> 2048;
            case MISTRAL -> 131_072;
            case QWEN2, QWEN3 -> 32_768;
        };
    }

    /** Mistral's alone: the others' is not in use, see {@link UnsupportedFeatures}. Left out it is 4096, null is none. */
    private OptionalInt slidingWindow(ModelFamily family) {
        if (family != ModelFamily.MISTRAL) {
            return OptionalInt.empty();
        }
        return isLeftOut(SLIDING_WINDOW) ? OptionalInt.of(4096) : fields.integer(SLIDING_WINDOW);
    }

    private boolean isLeftOut(String name) {
        JsonNode value = fields.value(name);
        return value.isMissingNode();
    }

    private void throwFaults() {
        if (!fields.faults().isEmpty()) {
            throw CheckpointException.ofFaults(file, "not a configuration that can be used", fields.faults());
        }
    }
}
