package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.DecoderConfig;

/** What {@code config.json} and {@code generation_config.json} say of a model that lion can run. */
record ModelConfig(DecoderConfig decoder, SpecialTokenIds specialTokens) {

    /** The content of {@code config.json}. */
    ObjectNode toConfigJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("architectures").add("LlamaForCausalLM");
        json.put("model_type", ModelConfigReader.MODEL_TYPE)
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
                .put("tie_word_embeddings", decoder.tieWordEmbeddings())
                .put("hidden_act", ModelConfigReader.HIDDEN_ACT)
                .put("attention_bias", false)
                .put("mlp_bias", false)
                .put("torch_dtype", "float32");
        json.putNull("rope_scaling");
        putTokens(json);
        return json;
    }

    /** The content of {@code generation_config.json}. */
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
