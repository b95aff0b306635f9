package dev.lion.student.decoder;

/** How numbers that are not trained are held in memory. */
public enum WeightType {
    /** 32 bits. */
    FLOAT32,
    /** 16 bits with the range of float32: half the memory, three significant digits. */
    BFLOAT16,
    /**
     * 8 bits and a scale for each row of a matrix; the embedding, the output layer and the norms in bfloat16 and float32: a
     * quarter of the memory, with a loss of quality.
     */
    INT8
}
