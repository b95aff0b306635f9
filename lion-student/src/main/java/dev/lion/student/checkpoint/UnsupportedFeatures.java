package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.student.decoder.ModelFamily;
import java.util.List;

/** What a {@code config.json} may ask for that lion does not have: each is refused by name, with what can be done. */
final class UnsupportedFeatures {
    static final String HIDDEN_ACT = "silu";
    private static final List<String> QUANTISATION = List.of("quantization_config", "compression_config");
    private static final String QUANTISED =
            "is set; quantised weights are not supported, take the model in float16 or bfloat16";
    private static final List<String> EXPERTS = List.of(
            "num_local_experts", "num_experts", "n_routed_experts", "moe_intermediate_size", "num_experts_per_tok");
    private static final List<String> OTHER_ARITHMETIC = List.of(
            "attn_logit_softcapping",
            "final_logit_softcapping",
            "query_pre_attn_scalar",
            "logit_scale",
            "logits_scaling",
            "embedding_multiplier",
            "residual_multiplier",
            "attention_multiplier",
            "no_rope_layers",
            "rope_interleaved");

    private final ConfigFields fields;
    private final ModelFamily family;

    private UnsupportedFeatures(ConfigFields fields, ModelFamily family) {
        this.fields = fields;
        this.family = family;
    }

    /** Notes down every feature that is not supported. */
    static void check(ConfigFields fields, ModelFamily family) {
        var features = new UnsupportedFeatures(fields, family);
        features.checkKindOfModel();
        features.checkArithmetic();
        features.checkBiases();
        features.checkWindow();
    }

    private void checkKindOfModel() {
        JsonNode architectures = fields.value("architectures");
        boolean other = ConfigFields.isSet(architectures)
                && !architectures.isEmpty()
                && !architectures.path(0).asText().equalsIgnoreCase(family.architecture());
        if (other) {
            fields.fault("architectures", architectures + " is not supported, only " + family.architecture());
        }
        QUANTISATION.stream().filter(fields::isSet).forEach(name -> fields.fault(name, QUANTISED));
        refuse(EXPERTS, "is set; mixtures of experts are not supported, take a dense model");
        refuse(List.of("auto_map"), "is set; the model brings code of its own, which lion does not run");
        refuse(List.of("is_encoder_decoder"), "is true; only decoders are supported");
    }

    private void checkArithmetic() {
        String activation = fields.text("hidden_act", HIDDEN_ACT);
        if (!activation.equals(HIDDEN_ACT)) {
            fields.fault("hidden_act", "'" + activation + "' is not supported, only '" + HIDDEN_ACT + "'");
        }
        if (fields.number("partial_rotary_factor", 1) != 1) {
            fields.fault("partial_rotary_factor", "is not 1; a rotary embedding of part of a head is not supported");
        }
        refuse(OTHER_ARITHMETIC, "is set; lion does not compute with it");
        refuse(List.of("attention_dropout"), "is not 0; dropout in attention is not supported, set it to 0");
    }

    private void checkBiases() {
        if (fields.flag("attention_bias") && !family.attentionBias()) {
            fields.fault("attention_bias", "is true; biases are not supported in a " + family.modelType());
        }
        if (fields.flag("mlp_bias")) {
            fields.fault("mlp_bias", "is true; biases of the feed-forward are not supported");
        }
    }

    /** Qwen's window is off in the published models, and which layers it would be on differs from reader to reader. */
    private void checkWindow() {
        if (fields.flag("use_sliding_window")) {
            fields.fault(
                    "use_sliding_window",
                    "is true; a window on some layers only is not supported, set it to false if texts stay within it");
        }
        if (family == ModelFamily.LLAMA) {
            refuse(List.of("sliding_window"), "is set; a llama has no window, only a mistral");
        }
        fields.value("layer_types").forEach(this::checkLayer);
    }

    private void checkLayer(JsonNode type) {
        if (!type.asText().equals("full_attention")) {
            fields.fault("layer_types", "has " + type + "; only full_attention is supported");
        }
    }

    private void refuse(List<String> names, String why) {
        names.stream().filter(fields::isMeant).forEach(name -> fields.fault(name, why));
    }
}
