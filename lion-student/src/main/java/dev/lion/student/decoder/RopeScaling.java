package dev.lion.student.decoder;

/**
 * Llama 3's scaling of the rotary embedding (Hugging Face's {@code rope_type} {@code llama3}): slow rotations are slowed by
 * a factor, fast ones are left alone, those between are interpolated.
 *
 * @param factor how much slower the slowest rotations become; at least 1
 * @param lowFreqFactor rotations of more than {@code original / lowFreqFactor} positions are slowed in full
 * @param highFreqFactor rotations of fewer than {@code original / highFreqFactor} positions are left alone; above {@code
 *     lowFreqFactor}
 * @param originalMaxPositionEmbeddings the context that the model was first trained with, in tokens
 */
public record RopeScaling(
        double factor, double lowFreqFactor, double highFreqFactor, int originalMaxPositionEmbeddings) {
    public RopeScaling {
        if (!(factor >= 1)
                || !(lowFreqFactor > 0)
                || !(highFreqFactor > lowFreqFactor)
                || originalMaxPositionEmbeddings <= 0) {
            throw new IllegalArgumentException("not a usable llama3 rope scaling: factor " + factor
                    + " must be at least 1, low_freq_factor " + lowFreqFactor + " above 0, high_freq_factor "
                    + highFreqFactor + " above it, original_max_position_embeddings " + originalMaxPositionEmbeddings
                    + " above 0");
        }
    }

    /** The angle for each step of position, scaled. */
    public double scaled(double frequency) {
        double wavelength = 2 * Math.PI / frequency;
        double turns = originalMaxPositionEmbeddings / wavelength;
        if (turns > highFreqFactor) {
            return frequency;
        }
        if (turns < lowFreqFactor) {
            return frequency / factor;
        }
        double smooth = (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor);
        return (1 - smooth) * frequency / factor + smooth * frequency;
    }
}
