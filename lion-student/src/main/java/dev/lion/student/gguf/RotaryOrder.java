package dev.lion.student.gguf;

import dev.lion.student.checkpoint.TensorSource;
import dev.lion.student.decoder.DecoderConfig;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * The order of the rows that the rotary embedding turns in pairs. Hugging Face pairs a row of a head's first half with one of
 * its second half; llama.cpp, in its llama architecture, neighbours.
 *
 * @param toNeighbours whether rows go from halves to neighbours, as they are written, or back
 */
record RotaryOrder(DecoderConfig config, boolean toNeighbours) {
    /** A head's rows at most, in numbers; those of the largest models have a few millions. */
    private static final long MOST_NUMBERS = 1L << 28;

    /** Whether the parameter's rows stand in another order in the file. */
    boolean applies(String parameter) {
        return GgufKeys.isLlama(config)
                && (parameter.endsWith(".self_attn.q_proj.weight") || parameter.endsWith(".self_attn.k_proj.weight"));
    }

    /** Gives the source's numbers in the other order, a head at a time. */
    void read(TensorSource source, String name, Consumer<FloatBuffer> chunks) throws IOException {
        long numbers = (long) config.headDim() * config.hiddenSize();
        if (numbers > MOST_NUMBERS) {
            throw new IllegalArgumentException("a head of " + numbers + " numbers is beyond every model");
        }
        var head = new float[(int) numbers];
        var filled = FloatBuffer.wrap(head);
        source.read(name, chunk -> {
            var rest = chunk.duplicate();
            while (rest.hasRemaining()) {
                int taken = Math.min(rest.remaining(), filled.remaining());
                filled.put(rest.slice().limit(taken));
                rest.position(rest.position() + taken);
                if (!filled.hasRemaining()) {
                    chunks.accept(FloatBuffer.wrap(reordered(head)));
                    filled.clear();
                }
            }
        });
    }

    private float[] reordered(float[] head) {
        int width = config.hiddenSize();
        int half = config.headDim() / 2;
        var result = new float[head.length];
        for (int pair = 0; pair < half; pair++) {
            for (int side = 0; side < 2; side++) {
                int inHalves = side * half + pair;
                int asNeighbours = 2 * pair + side;
                int from = toNeighbours ? inHalves : asNeighbours;
                int to = toNeighbours ? asNeighbours : inHalves;
                System.arraycopy(head, from * width, result, to * width, width);
            }
        }
        return result;
    }
}
