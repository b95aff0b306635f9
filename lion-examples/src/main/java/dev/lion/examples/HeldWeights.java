package dev.lion.examples;

import dev.lion.student.decoder.WeightType;
import java.util.Locale;

/** How the weights of a student that only answers are held, by the names that model folders have for the types. */
enum HeldWeights {
    FP32(WeightType.FLOAT32),
    BF16(WeightType.BFLOAT16),
    INT8(WeightType.INT8);

    private final WeightType type;

    HeldWeights(WeightType type) {
        this.type = type;
    }

    WeightType type() {
        return type;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
