package dev.lion.student.decoder;

/** How the matrices lie that answers are written with. */
enum MatrixOrder {
    /** Number by number, as MKL reads them. */
    PLAIN,
    /** As oneDNN's products want them. */
    BLOCKS,
    /**
     * As oneDNN's products want them, and once more for tokens of a row that is alone: each product of those costs some 15
     * microseconds in oneDNN beside its arithmetic, which is more than the arithmetic of a small decoder.
     */
    BLOCKS_AND_STRIPS;

    /** What is fastest on this machine. */
    static MatrixOrder of(DecoderConfig config, boolean bfloat16) {
        return of(config, bfloat16, CpuFeatures.ofThisMachine());
    }

    static MatrixOrder of(DecoderConfig config, boolean bfloat16, CpuFeatures cpu) {
        if (!cpu.isFasterWithBlocks(bfloat16)) {
            return PLAIN;
        }
        return bfloat16 || TensorThreads.isLarge(config) ? BLOCKS : BLOCKS_AND_STRIPS;
    }
}
