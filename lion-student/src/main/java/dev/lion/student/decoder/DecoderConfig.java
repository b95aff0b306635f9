package dev.lion.student.decoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a llama-style decoder, by the names of Hugging Face's {@code config.json}.
 *
 * @param vocabSize tokens of the vocabulary
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the SwiGLU feed-forward
 * @param numHiddenLayers decoder layers
 * @param numAttentionHeads query heads
 * @param numKeyValueHeads key and value heads; divides {@code numAttentionHeads}
 * @param headDim width of a head; even, for the rotary embedding
 * @param maxPositionEmbeddings the longest sequence, in tokens
 * @param ropeTheta base of the rotary embedding
 * @param rmsNormEps added to the mean square in RMSNorm
 * @param tieWordEmbeddings whether the output layer is the embedding
 */
public record DecoderConfig(
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int numHiddenLayers,
        int numAttentionHeads,
        int numKeyValueHeads,
        int headDim,
        int maxPositionEmbeddings,
        double ropeTheta,
        double rmsNormEps,
        boolean tieWordEmbeddings) {

    public DecoderConfig {
        var faults = new ArrayList<String>();
        requirePositive(faults, "vocab_size", vocabSize);
        requirePositive(faults, "hidden_size", hiddenSize);
        requirePositive(faults, "intermediate_size", intermediateSize);
        requirePositive(faults, "num_hidden_layers", numHiddenLayers);
        requirePositive(faults, "num_attention_heads", numAttentionHeads);
        requirePositive(faults, "num_key_value_heads", numKeyValueHeads);
        requirePositive(faults, "head_dim", headDim);
        requirePositive(faults, "max_position_embeddings", maxPositionEmbeddings);
        if (numKeyValueHeads > 0 && numAttentionHeads % numKeyValueHeads != 0) {
            faults.add("num_attention_heads " + numAttentionHeads + " is not a multiple of num_key_value_heads "
                    + numKeyValueHeads);
        }
        if (headDim % 2 != 0) {
            faults.add("head_dim " + headDim + " is odd; the rotary embedding needs an even one");
        }
        if (!(ropeTheta > 0) || !(rmsNormEps > 0)) {
            faults.add("rope_theta " + ropeTheta + " and rms_norm_eps " + rmsNormEps + " must be above 0");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("not a usable decoder configuration: " + String.join("; ", faults));
        }
    }

    private static void requirePositive(List<String> faults, String name, int value) {
        if (value <= 0) {
            faults.add(name + " " + value + " is not positive");
        }
    }

    /** Every parameter by its Hugging Face name, with its shape (rows first), in the order that files keep. */
    public Map<String, List<Long>> parameterShapes() {
        long hidden = hiddenSize;
        long queries = (long) numAttentionHeads * headDim;
        long keys = (long) numKeyValueHeads * headDim;
        var shapes = new LinkedHashMap<String, List<Long>>();
        shapes.put("model.embed_tokens.weight", List.of((long) vocabSize, hidden));
        for (int layer = 0; layer < numHiddenLayers; layer++) {
            String prefix = "model.layers." + layer + ".";
            shapes.put(prefix + "input_layernorm.weight", List.of(hidden));
            shapes.put(prefix + "self_attn.q_proj.weight", List.of(queries, hidden));
            shapes.put(prefix + "self_attn.k_proj.weight", List.of(keys, hidden));
            shapes.put(prefix + "self_attn.v_proj.weight", List.of(keys, hidden));
            shapes.put(prefix + "self_attn.o_proj.weight", List.of(hidden, queries));
            shapes.put(prefix + "post_attention_layernorm.weight", List.of(hidden));
            shapes.put(prefix + "mlp.gate_proj.weight", List.of((long) intermediateSize, hidden));
            shapes.put(prefix + "mlp.up_proj.weight", List.of((long) intermediateSize, hidden));
            shapes.put(prefix + "mlp.down_proj.weight", List.of(hidden, (long) intermediateSize));
        }
        shapes.put("model.norm.weight", List.of(hidden));
        if (!tieWordEmbeddings) {
            shapes.put("lm_head.weight", List.of((long) vocabSize, hidden));
        }
        return shapes;
    }

    /** Numbers that are trained, tied weights counted once. */
    public long parameterCount() {
        return parameterShapes().values().stream()
                .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
                .sum();
    }
}
