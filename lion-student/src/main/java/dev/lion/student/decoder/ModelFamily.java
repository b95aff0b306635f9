package dev.lion.student.decoder;

import java.util.Arrays;
import java.util.Optional;

/** The families of decoders that lion trains: one architecture with small differences, by Hugging Face's {@code model_type}. */
public enum ModelFamily {
    /** Llama 1 to 3, TinyLlama, SmolLM2. */
    LLAMA("llama", "LlamaForCausalLM", false, false),
    /** Mistral: attention may be limited to a window. */
    MISTRAL("mistral", "MistralForCausalLM", false, false),
    /** Qwen2 and Qwen2.5: queries, keys and values have biases. */
    QWEN2("qwen2", "Qwen2ForCausalLM", true, false),
    /** Qwen3, dense: queries and keys are normalised, head by head, before they are rotated. */
    QWEN3("qwen3", "Qwen3ForCausalLM", false, true);

    private final String modelType;
    private final String architecture;
    private final boolean attentionBias;
    private final boolean queryKeyNorm;

    ModelFamily(String modelType, String architecture, boolean attentionBias, boolean queryKeyNorm) {
        this.modelType = modelType;
        this.architecture = architecture;
        this.attentionBias = attentionBias;
        this.queryKeyNorm = queryKeyNorm;
    }

    /** The family that {@code config.json} calls so; empty for one that lion does not train. */
    public static Optional<ModelFamily> ofModelType(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelType.equals(modelType))
                .findFirst();
    }

    /** What {@code config.json} calls {@code model_type}. */
    public String modelType() {
        return modelType;
    }

    /** What {@code config.json} lists under {@code architectures}. */
    public String architecture() {
        return architecture;
    }

    /** Whether the projections of queries, keys and values have biases. */
    public boolean attentionBias() {
        return attentionBias;
    }

    /** Whether each head's queries and keys go through an RMSNorm of their own. */
    public boolean queryKeyNorm() {
        return queryKeyNorm;
    }
}
