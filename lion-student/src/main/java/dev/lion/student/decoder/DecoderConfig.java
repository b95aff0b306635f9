package dev.lion.student.decoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The shape of a llama-style decoder, by the names of Hugging Face's {@code config.json}.
 *
 * @param family which of the families it belongs to; default {@link ModelFamily#LLAMA}
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
 * @param ropeScaling how the rotary embedding is stretched to longer contexts; default not at all
 * @param slidingWindow how many positions a token sees, itself included; default all before it
 */
public record DecoderConfig(
        ModelFamily family,
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
        boolean tieWordEmbeddings,
        Optional<RopeScaling> ropeScaling,
        OptionalInt slidingWindow) {

    public DecoderConfig {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(ropeScaling, "ropeScaling");
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
        if (slidingWindow.orElse(1) < 1) {
            faults.add("sliding_window " + slidingWindow.getAsInt() + " is not positive");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("not a usable decoder configuration: " + String.join("; ", faults));
        }
    }

    /** A shape to be given: llama, 2048 positions, rope_theta 10,000, rms_norm_eps 1e-6, tied embeddings. */
    public static Builder builder() {
        return new Builder();
    }

    /** This shape, to be changed. */
    public Builder toBuilder() {
        var builder = new Builder()
                .family(family)
                .vocabSize(vocabSize)
                .hiddenSize(hiddenSize)
                .intermediateSize(intermediateSize)
                .numHiddenLayers(numHiddenLayers)
                .numAttentionHeads(numAttentionHeads)
                .numKeyValueHeads(numKeyValueHeads)
                .headDim(headDim)
                .maxPositionEmbeddings(maxPositionEmbeddings)
                .ropeTheta(ropeTheta)
                .rmsNormEps(rmsNormEps)
                .tieWordEmbeddings(tieWordEmbeddings);
        builder.ropeScaling = ropeScaling;
        builder.slidingWindow = slidingWindow;
        return builder;
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
            if (family.attentionBias()) {
                shapes.put(prefix + "self_attn.q_proj.bias", List.of(queries));
                shapes.put(prefix + "self_attn.k_proj.bias", List.of(keys));
                shapes.put(prefix + "self_attn.v_proj.bias", List.of(keys));
            }
            if (family.queryKeyNorm()) {
                shapes.put(prefix + "self_attn.q_norm.weight", List.of((long) headDim));
                shapes.put(prefix + "self_attn.k_norm.weight", List.of((long) headDim));
            }
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

    /** Collects a shape; {@link #build} reports all faults together. */
    public static final class Builder {
        private ModelFamily family = ModelFamily.LLAMA;
        private int vocabSize;
        private int hiddenSize;
        private int intermediateSize;
        private int numHiddenLayers;
        private int numAttentionHeads;
        private int numKeyValueHeads;
        private int headDim;
        private int maxPositionEmbeddings = 2048;
        private double ropeTheta = 10_000;
        private double rmsNormEps = 1e-6;
        private boolean tieWordEmbeddings = true;
        private Optional<RopeScaling> ropeScaling = Optional.empty();
        private OptionalInt slidingWindow = OptionalInt.empty();

        private Builder() {}

        /** Sets {@link DecoderConfig#family()}. */
        public Builder family(ModelFamily value) {
            family = value;
            return this;
        }

        /** Sets {@link DecoderConfig#vocabSize()}. */
        public Builder vocabSize(int value) {
            vocabSize = value;
            return this;
        }

        /** Sets {@link DecoderConfig#hiddenSize()}. */
        public Builder hiddenSize(int value) {
            hiddenSize = value;
            return this;
        }

        /** Sets {@link DecoderConfig#intermediateSize()}. */
        public Builder intermediateSize(int value) {
            intermediateSize = value;
            return this;
        }

        /** Sets {@link DecoderConfig#numHiddenLayers()}. */
        public Builder numHiddenLayers(int value) {
            numHiddenLayers = value;
            return this;
        }

        /** Sets {@link DecoderConfig#numAttentionHeads()}. */
        public Builder numAttentionHeads(int value) {
            numAttentionHeads = value;
            return this;
        }

        /** Sets {@link DecoderConfig#numKeyValueHeads()}; default one for each query head. */
        public Builder numKeyValueHeads(int value) {
            numKeyValueHeads = value;
            return this;
        }

        /** Sets {@link DecoderConfig#headDim()}; default the hidden size divided by the query heads. */
        public Builder headDim(int value) {
            headDim = value;
            return this;
        }

        /** Sets {@link DecoderConfig#maxPositionEmbeddings()}. */
        public Builder maxPositionEmbeddings(int value) {
            maxPositionEmbeddings = value;
            return this;
        }

        /** Sets {@link DecoderConfig#ropeTheta()}. */
        public Builder ropeTheta(double value) {
            ropeTheta = value;
            return this;
        }

        /** Sets {@link DecoderConfig#rmsNormEps()}. */
        public Builder rmsNormEps(double value) {
            rmsNormEps = value;
            return this;
        }

        /** Sets {@link DecoderConfig#tieWordEmbeddings()}. */
        public Builder tieWordEmbeddings(boolean value) {
            tieWordEmbeddings = value;
            return this;
        }

        /** Sets {@link DecoderConfig#ropeScaling()}. */
        public Builder ropeScaling(RopeScaling value) {
            ropeScaling = Optional.of(value);
            return this;
        }

        /** Sets {@link DecoderConfig#slidingWindow()}. */
        public Builder slidingWindow(int value) {
            slidingWindow = OptionalInt.of(value);
            return this;
        }

        /**
         * The shape.
         *
         * @throws IllegalArgumentException naming every value that is missing or cannot be
         */
        public DecoderConfig build() {
            int head = headDim == 0 && numAttentionHeads > 0 ? hiddenSize / numAttentionHeads : headDim;
            return new DecoderConfig(
                    family,
                    vocabSize,
                    hiddenSize,
                    intermediateSize,
                    numHiddenLayers,
                    numAttentionHeads,
                    numKeyValueHeads == 0 ? numAttentionHeads : numKeyValueHeads,
                    head,
                    maxPositionEmbeddings,
                    ropeTheta,
                    rmsNormEps,
                    tieWordEmbeddings,
                    ropeScaling,
                    slidingWindow);
        }
    }
}
