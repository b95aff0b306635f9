package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.ModelFamily;
import dev.lion.student.decoder.RopeScaling;
import java.nio.charset.StandardCharsets;

/** What {@code config.json} and {@code generation_config.json} say of a model that lion can run. */
record ModelConfig(DecoderConfig decoder, SpecialTokenIds specialTokens) {
    static final String TORCH_DTYPE = "torch_dtype";

    /** The content of a new {@code config.json}, but for the type of the weights. */
    ObjectNode toConfigJson() {
        ObjectNode json = shape(decoder);
        json.put("hidden_act", UnsupportedFeatures.HIDDEN_ACT).put("attention_dropout", 0.0);
        putTokens(json);
        return json;
    }

    /** The same for all models whose adapters fit each other's: family, shape and rotary embedding, not the longest text. */
    static String fingerprint(DecoderConfig decoder) {
        ObjectNode shape = shape(decoder);
        shape.remove("max_position_embeddings");
        return Hashing.sha256()
                .hashString(shape.toString(), StandardCharsets.UTF_8)
                .toString();
    }

    private static ObjectNode shape(DecoderConfig decoder) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("architectures").add(decoder.family().architecture());
        json.put("model_type", decoder.family().modelType())
                .put("vocab_size", decoder.vocabSize())
                .put("hidden_size", decoder.hiddenSize())
                .put("intermediate_size", decoder.intermediateSize())
                .put("num_hidden_layers", decoder.numHiddenLayers())
                .put("num_attention_heads", decoder.numAttentionHeads())
                .put("num_key_value_heads", decoder.numKeyValueHeads())
                .put("head_dim", decoder.headDim())
                .put("max_position_embeddings", decoder.maxPositionEmbeddings())
                .put("rope_theta", decoder.ropeTheta())
                .put("rms_norm_eps", decoder.rmsNormEps())
                .put("tie_word_embeddings", decoder.tieWordEmbeddings());
        decoder.ropeScaling().ifPresentOrElse(scaling -> putScaling(json, scaling), () -> json.putNull("rope_scaling"));
        putFamily(json, decoder);
        return json;
    }

    private static void putScaling(ObjectNode json, RopeScaling scaling) {
        json.putObject("rope_scaling")
                .put("rope_type", "llama3")
                .put("factor", scaling.factor())
                .put("low_freq_factor", scaling.lowFreqFactor())
                .put("high_freq_factor", scaling.highFreqFactor())
                .put("original_max_position_embeddings", scaling.originalMaxPositionEmbeddings());
    }

    private static void putFamily(ObjectNode json, DecoderConfig decoder) {
        ModelFamily family = decoder.family();
        if (family != ModelFamily.MISTRAL && decoder.slidingWindow().isPresent()) {
            throw new IllegalArgumentException("a model with a slidingWindow is written as a mistral; its family is "
                    + family + ", whose configuration has no field for one");
        }
        switch (family) {
            case LLAMA -> json.put("attention_bias", false).put("mlp_bias", false);
            case MISTRAL ->
                decoder.slidingWindow()
                        .ifPresentOrElse(
                                window -> json.put("sliding_window", window), () -> json.putNull("sliding_window"));
            case QWEN2 -> json.put("use_sliding_window", false);
            case QWEN3 -> json.put("attention_bias", false).put("use_sliding_window", false);
        }
    }

    /** The content of a new {@code generation_config.json}. */
    ObjectNode toGenerationConfigJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("_from_model_config", true);
        putTokens(json);
        return json;
    }

    private void putTokens(ObjectNode json) {
        specialTokens.bos().ifPresent(id -> json.put("bos_token_id", id));
        if (specialTokens.eos().size() == 1) {
            json.put("eos_token_id", specialTokens.eos().get(0));
        } else if (!specialTokens.eos().isEmpty()) {
            specialTokens.eos().forEach(json.putArray("eos_token_id")::add);
        }
        specialTokens.pad().ifPresent(id -> json.put("pad_token_id", id));
    }
}
