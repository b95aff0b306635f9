package dev.lion.teacher.harvest;

/**
 * How large a harvest may become.
 *
 * @param instructions in the file
 * @param bytes of the file
 */
record HarvestLimits(int instructions, long bytes) {
    static final HarvestLimits USUAL = new HarvestLimits(50_000, 256L << 20);

    HarvestLimits {
        if (instructions < 1 || bytes < 1) {
            throw new IllegalArgumentException("a harvest's limits must be 1 or more, but are " + instructions
                    + " instructions and " + bytes + " bytes");
        }
    }
}
