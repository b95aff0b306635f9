package dev.lion.student.gguf;

import java.util.LinkedHashMap;
import java.util.Map;

/** What llama.cpp calls the tensors that Hugging Face's files call otherwise. */
final class GgufNames {
    private static final String LAYER = "model.layers.";

    /** Names outside of the layers, and the parts of names within. */
    private static final Map<String, String> PARTS = parts();

    private GgufNames() {}

    private static Map<String, String> parts() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("model.embed_tokens", "token_embd");
        parts.put("model.norm", "output_norm");
        parts.put("lm_head", "output");
        parts.put("input_layernorm", "attn_norm");
        parts.put("self_attn.q_proj", "attn_q");
        parts.put("self_attn.k_proj", "attn_k");
        parts.put("self_attn.v_proj", "attn_v");
        parts.put("self_attn.o_proj", "attn_output");
        parts.put("self_attn.q_norm", "attn_q_norm");
        parts.put("self_attn.k_norm", "attn_k_norm");
        parts.put("post_attention_layernorm", "ffn_norm");
        parts.put("mlp.gate_proj", "ffn_gate");
        parts.put("mlp.up_proj", "ffn_up");
        parts.put("mlp.down_proj", "ffn_down");
        return parts;
    }

    /** The name in a GGUF file of a parameter of {@link dev.lion.student.decoder.DecoderConfig#parameterShapes()}. */
    static String of(String parameter) {
        int ending = parameter.lastIndexOf('.'); // of .weight or .bias
        String module = parameter.substring(0, ending);
        if (!module.startsWith(LAYER)) {
            return named(module) + parameter.substring(ending);
        }
        int afterNumber = module.indexOf('.', LAYER.length());
        String number = module.substring(LAYER.length(), afterNumber);
        return "blk." + number + "." + named(module.substring(afterNumber + 1)) + parameter.substring(ending);
    }

    private static String named(String module) {
        String name = PARTS.get(module);
        if (name == null) {
            throw new IllegalArgumentException("GGUF files have no name for " + module);
        }
        return name;
    }
}
