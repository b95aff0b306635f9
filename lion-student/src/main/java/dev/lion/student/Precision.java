package dev.lion.student;

/** The number type of the student's matrix products; weights, gradients and everything else are float32 in any case. */
public enum Precision {
    /** {@link #BFLOAT16} where the processor has instructions for it, else {@link #FLOAT32}; the default. */
    AUTO,
    /** 32 bits. */
    FLOAT32,
    /** 16 bits with the range of float32: faster where the processor has instructions for it, much slower elsewhere. */
    BFLOAT16;

    /** Whether this machine is to use bfloat16. */
    boolean usesBfloat16() {
        return this == BFLOAT16 || (this == AUTO && CpuFeatures.ofThisMachine().hasBfloat16());
    }
}
