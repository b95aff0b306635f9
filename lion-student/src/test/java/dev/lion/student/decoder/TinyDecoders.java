package dev.lion.student.decoder;

import java.util.Random;

/** Decoders small enough for tests, with weights large enough that no two tokens are equally likely. */
public final class TinyDecoders {
    /** Two query heads share a key-value head; the output layer is the embedding. */
    public static final DecoderConfig TIED = new DecoderConfig(40, 32, 48, 2, 4, 2, 8, 96, 10_000, 1e-6, true);

    /** Every query head has its own key-value head; the output layer has weights of its own. */
    public static final DecoderConfig UNTIED = new DecoderConfig(40, 24, 40, 3, 2, 2, 12, 96, 10_000, 1e-5, false);

    private TinyDecoders() {}

    /** Normal weights with standard deviation 0.3, norms around 1. */
    public static DecoderWeights lively(Decoder decoder, long seed) {
        var weights = DecoderWeights.zeros(decoder);
        var random = new Random(seed);
        for (String name : weights.names()) {
            double mean = name.endsWith("norm.weight") ? 1 : 0;
            var values = weights.bytes(name).asFloatBuffer();
            while (values.hasRemaining()) {
                values.put((float) (mean + 0.3 * random.nextGaussian()));
            }
        }
        return weights;
    }
}
