package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.DecoderConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;

/** Reads {@code config.json} with the defaults of Hugging Face's llama, collecting every fault before it refuses. */
final class ModelConfigReader {
    static final String MODEL_TYPE = "llama";
    static final String HIDDEN_ACT = "silu";

    private final Path file;
    private final ObjectNode config;
    private final List<String> faults = new ArrayList<>();

    private ModelConfigReader(Path file, ObjectNode config) {
        this.file = file;
        this.config = config;
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
        checkSupported();
        int hidden = requiredInt("hidden_size");
        int heads = requiredInt("num_attention_heads");
        int vocab = requiredInt("vocab_size");
        int intermediate = requiredInt("intermediate_size");
        int layers = requiredInt("num_hidden_layers");
        int keyHeads = optionalInt("num_key_value_heads", heads);
        int headDim = optionalInt("head_dim", heads > 0 ? hidden / heads : 0);
        int positions = optionalInt("max_position_embeddings", 2048);
        double theta = ropeTheta();
        double epsilon = optionalDouble(config.path("rms_norm_eps"), "rms_norm_eps", 1e-6);
        boolean tied = flag("tie_word_embeddings");
        SpecialTokenIds tokens = specialTokens(generation, vocab);
        throwFaults();
        try {
            return new ModelConfig(
                    DecoderConfig.builder()
                            .vocabSize(vocab)
                            .hiddenSize(hidden)
                            .intermediateSize(intermediate)
                            .numHiddenLayers(layers)
                            .numAttentionHeads(heads)
                            .numKeyValueHeads(keyHeads)
                            .headDim(headDim)
                            .maxPositionEmbeddings(positions)
                            .ropeTheta(theta)
                            .rmsNormEps(epsilon)
                            .tieWordEmbeddings(tied)
                            .build(),
                    tokens);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    private void throwFaults() {
        if (!faults.isEmpty()) {
            throw CheckpointException.ofFaults(file, "not a configuration that can be used", faults);
        }
    }

    private void checkSupported() {
        requireText("model_type", MODEL_TYPE, "");
        requireText("hidden_act", HIDDEN_ACT, HIDDEN_ACT);
        for (String bias : List.of("attention_bias", "mlp_bias")) {
            if (flag(bias)) {
                faults.add(bias + " is true; biases are not supported");
            }
        }
        for (String quantisation : List.of("quantization_config", "compression_config")) {
            if (isSet(config.path(quantisation))) {
                faults.add(quantisation + " is set; quantised weights are not supported, save the model in full");
            }
        }
        if (isSet(config.path("rope_scaling")) && !isDefaultRope(config.path("rope_scaling"))) {
            faults.add("rope_scaling " + config.get("rope_scaling") + " is not supported");
        }
        if (isSet(config.path("rope_parameters")) && !isDefaultRope(config.path("rope_parameters"))) {
            faults.add("rope_parameters " + config.get("rope_parameters") + " ask for more than a rope_theta");
        }
    }

    private void requireText(String name, String supported, String whenAbsent) {
        String found = isSet(config.path(name)) ? config.path(name).asText() : whenAbsent;
        if (!found.equals(supported)) {
            faults.add(name + " '" + found + "' is not supported, only '" + supported + "'");
        }
    }

    /** Older files say {@code type}, newer ones {@code rope_type}; a rotary embedding of part of a head is not plain. */
    private static boolean isDefaultRope(JsonNode rope) {
        String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
        return rope.isObject()
                && type.equals("default")
                && rope.path("partial_rotary_factor").asDouble(1) == 1;
    }

    private double ropeTheta() {
        JsonNode nested = config.path("rope_parameters").path("rope_theta");
        return optionalDouble(isSet(nested) ? nested : config.path("rope_theta"), "rope_theta", 10_000);
    }

    private SpecialTokenIds specialTokens(ObjectNode generation, int vocab) {
        var eos = new LinkedHashSet<Integer>();
        for (ObjectNode json : List.of(config, generation)) {
            JsonNode ids = json.path("eos_token_id");
            if (ids.isArray()) {
                ids.forEach(id -> tokenId(id, "eos_token_id", vocab).ifPresent(eos::add));
            } else {
                tokenId(ids, "eos_token_id", vocab).ifPresent(eos::add);
            }
        }
        return new SpecialTokenIds(tokenId("bos_token_id", vocab), List.copyOf(eos), tokenId("pad_token_id", vocab));
    }

    private OptionalInt tokenId(String name, int vocab) {
        return tokenId(config.path(name), name, vocab);
    }

    /** Empty for an absent id, for null, and for the −1 that some files mean by it. */
    private OptionalInt tokenId(JsonNode id, String name, int vocab) {
        if (!isSet(id)) {
            return OptionalInt.empty();
        }
        if (!id.isInt() || (vocab > 0 && id.asInt() >= vocab)) {
            faults.add(name + " " + id + " is not a token of a vocabulary of " + vocab);
            return OptionalInt.empty();
        }
        return id.asInt() < 0 ? OptionalInt.empty() : OptionalInt.of(id.asInt());
    }

    private int requiredInt(String name) {
        if (!isSet(config.path(name))) {
            faults.add(name + " is missing");
            return 0;
        }
        return optionalInt(name, 0);
    }

    private int optionalInt(String name, int whenAbsent) {
        JsonNode value = config.path(name);
        if (!isSet(value)) {
            return whenAbsent;
        }
        if (!value.isInt()) {
            faults.add(name + " " + value + " is not a whole number");
        }
        return value.asInt();
    }

    private double optionalDouble(JsonNode value, String name, double whenAbsent) {
        if (!isSet(value)) {
            return whenAbsent;
        }
        if (!value.isNumber()) {
            faults.add(name + " " + value + " is not a number");
        }
        return value.asDouble();
    }

    private boolean flag(String name) {
        JsonNode value = config.path(name);
        if (isSet(value) && !value.isBoolean()) {
            faults.add(name + " " + value + " is not true or false");
        }
        return value.asBoolean(false);
    }

    private static boolean isSet(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }
}
