package dev.lion.student.checkpoint;

import dev.lion.student.decoder.LoraConfig;
import java.util.Objects;
import java.util.Optional;

/**
 * What an adapter's folder says beside the weights.
 *
 * @param lora rank, scale and targets; an adapter with rank-stabilised scaling has an {@link LoraConfig#alpha()} that gives
 *     the same scale without
 * @param baseModel the name or folder of the model that it was trained on: a student is made
 *     from it where it is a folder and no other is given
 */
public record AdapterDescription(LoraConfig lora, Optional<String> baseModel) {
    public AdapterDescription {
        Objects.requireNonNull(lora, "lora");
        Objects.requireNonNull(baseModel, "baseModel");
    }

    /** An adapter of a model of this name or folder. */
    public static AdapterDescription of(LoraConfig lora, String baseModel) {
        return new AdapterDescription(lora, Optional.of(baseModel));
    }
}
