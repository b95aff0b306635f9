package dev.lion.student;

import dev.lion.student.decoder.CpuFeatures;
import dev.lion.student.decoder.WeightType;

/** The number type of the student's matrix products; weights, gradients and everything else are float32 in any case. */
public enum Precision {
    /**
     * The default: {@link #BFLOAT16} where the processor has instructions for it, else {@link #FLOAT32}. A student that only
     * answers uses {@link #BFLOAT16} where its weights are held so as well, for in it the numbers depend on what shares a batch.
     */
    AUTO,
    /** 32 bits. */
    FLOAT32,
    /** 16 bits with the range of float32: faster where the processor has instructions for it, much slower elsewhere. */
    BFLOAT16;

    /** Whether this machine is to use bfloat16. */
    boolean usesBfloat16() {
        return this == BFLOAT16 || (this == AUTO && CpuFeatures.ofThisMachine().hasBfloat16());
    }

    /** Whether this machine is to use bfloat16 for a student that only answers, with weights held as the type says. */
    boolean usesBfloat16(WeightType held) {
        return usesBfloat16() && (this == BFLOAT16 || held == WeightType.BFLOAT16);
    }
}
