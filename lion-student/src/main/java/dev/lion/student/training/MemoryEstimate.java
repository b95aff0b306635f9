package dev.lion.student.training;

import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.WeightType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The most memory that a process which only trains will hold, in bytes. What is measured, and how well the estimate meets
 * it, is printed by {@code lion-examples bench memory}. Immutable.
 *
 * @param process Java, its heap as far as training fills it, and the libraries
 * @param weights the weights, and an adapter's
 * @param gradients one set for each pass that runs at the same time
 * @param moments AdamW's two
 * @param kept what all layers of the passes keep for the way back
 * @param passing what is there for a moment: one layer's way back or a chunk of the logits, and matrices in another type
 */
public record MemoryEstimate(long process, long weights, long gradients, long moments, long kept, long passing) {
    private static final double GIGA = 1e9;

    /** Java, PyTorch's libraries and what they set up. */
    private static final long PROCESS = 250_000_000;

    /** What glibc's allocator holds for each byte of activations that is in use: measured, see {@code bench memory}. */
    private static final double HELD_TO_USED = 1.3;

    private static final long FLOAT = 4;

    /** Logits that are there at once, in numbers, as the decoder cuts them. */
    private static final long LOGITS_AT_ONCE = 1 << 24;

    /** What the training of such a load will need. */
    public static MemoryEstimate of(TrainingLoad load) {
        long trained = load.trained();
        long base = load.lora().isEmpty() ? 0 : frozen(load.shape().parameterShapes(), load.base());
        return new MemoryEstimate(
                PROCESS,
                base + FLOAT * trained,
                FLOAT * trained * load.passes(),
                2 * FLOAT * trained,
                held(kept(load) * load.passes()),
                held(passing(load) * load.passes()));
    }

    private static long held(long used) {
        return (long) (HELD_TO_USED * used);
    }

    private static long frozen(Map<String, List<Long>> shapes, WeightType type) {
        return shapes.entrySet().stream()
                .mapToLong(entry -> {
                    long rows = entry.getValue().get(0);
                    if (entry.getValue().size() == 1) {
                        return FLOAT * rows;
                    }
                    boolean inLayer = entry.getKey().startsWith("model.layers.");
                    long numbers = rows * entry.getValue().get(1);
                    return switch (type) {
                        case FLOAT32 -> FLOAT * numbers;
                        case BFLOAT16 -> 2 * numbers;
                        case INT8 -> inLayer ? numbers + FLOAT * rows : 2 * numbers;
                    };
                })
                .sum();
    }

    /**
     * For each token and layer: its input and the stream between its halves, each with a norm's factor; values, and where
     * they have a norm of their own queries and keys with them; queries and keys turned; what attention gives, with a number for each head; gate and up.
     */
    private static long kept(TrainingLoad load) {
        DecoderConfig shape = load.shape();
        long hidden = shape.hiddenSize();
        long queries = (long) shape.numAttentionHeads() * shape.headDim();
        long keys = (long) shape.numKeyValueHeads() * shape.headDim();
        long layer = 2 * (hidden + 1)
                + (shape.family().queryKeyNorm() ? queries + 2 * keys : keys)
                + (queries + keys)
                + (queries + shape.numAttentionHeads())
                + 2L * shape.intermediateSize();
        long all = load.recomputation() ? hidden * shape.numHiddenLayers() + layer : layer * shape.numHiddenLayers();
        return FLOAT * load.tokensOfPass() * all;
    }

    /**
     * Twelve times the feed-forward's width and eight times the hidden one, found by measuring, or a chunk of the logits; and
     * the output layer where it is converted, which measurements show beside either.
     */
    private static long passing(TrainingLoad load) {
        DecoderConfig shape = load.shape();
        long wayBack = load.tokensOfPass() * (12L * shape.intermediateSize() + 8L * shape.hiddenSize());
        long logits = Math.min(LOGITS_AT_ONCE, (long) load.tokensOfPass() * shape.vocabSize());
        long labels = logits + 2L * load.tokensOfPass() * shape.hiddenSize();
        return Math.max(
                        FLOAT * wayBack + converted(load, 2L * shape.intermediateSize() * shape.hiddenSize()),
                        FLOAT * labels)
                + converted(load, (long) shape.vocabSize() * shape.hiddenSize());
    }

    /** Bytes of a matrix in the type of the products, where it is held in another. */
    private static long converted(TrainingLoad load, long numbers) {
        boolean heldInFloat32 = load.lora().isEmpty() || load.base() == WeightType.FLOAT32;
        if (load.bfloat16()) {
            return heldInFloat32 || load.base() == WeightType.INT8 ? 2 * numbers : 0;
        }
        return heldInFloat32 ? 0 : FLOAT * numbers;
    }

    /** What a process that holds the weights already has to take. */
    public long beyondWeights() {
        return gradients + moments + kept + passing;
    }

    /** All of it. */
    public long total() {
        return process + weights + gradients + moments + kept + passing;
    }

    /** Such as {@code 3.1 GB (process 0.4, weights 0.5, gradients 0.5, moments 1.1, activations 0.6)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f GB (process %.2f, weights %.2f, gradients %.2f, moments %.2f, activations %.2f)",
                total() / GIGA,
                process / GIGA,
                weights / GIGA,
                gradients / GIGA,
                moments / GIGA,
                (kept + passing) / GIGA);
    }
}
