package dev.lion.student.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A decoder with its weights: all of them trained, or frozen with an adapter that is, or frozen. Several threads may compute at the same
 * time, while none changes the weights. Owner of what it was made of, but not of the decoder.
 */
public final class DecoderModel implements AutoCloseable {
    /** Logits that are there at once, in numbers: 64 MiB. */
    private static final int LOGITS_AT_ONCE = 1 << 24;

    /** Numbers of a parameter that are read at once: 16 MiB. */
    private static final int NUMBERS_AT_ONCE = 1 << 22;

    /** Seeds are positive in the script, where 0 stands for no dropout. */
    private static final long SEEDS = 0x7fff_ffff_ffffL;

    private final Decoder decoder;
    private final Optional<BaseWeights> frozen;
    private final Parameters trainable;

    private DecoderModel(Decoder decoder, Optional<BaseWeights> frozen, Parameters trainable) {
        this.decoder = decoder;
        this.frozen = frozen;
        this.trainable = trainable;
    }

    /**
     * A model all of whose weights are trained.
     *
     * @throws IllegalArgumentException when the decoder was opened for an adapter, or for weights of other shapes
     */
    public static DecoderModel full(Decoder decoder, Parameters weights) {
        if (decoder.lora().isPresent()) {
            throw new IllegalArgumentException("this decoder was opened for an adapter of "
                    + decoder.lora().get() + ", not to train all weights; open one without an adapter");
        }
        requireShapes(decoder.config().parameterShapes(), weights, "weights");
        return new DecoderModel(decoder, Optional.empty(), weights);
    }

    /**
     * A model whose weights stay as they are while the adapter is trained.
     *
     * @throws IllegalArgumentException when the decoder was opened for another adapter or none, or for weights held otherwise
     */
    public static DecoderModel adapted(Decoder decoder, BaseWeights frozen, Parameters adapter) {
        LoraConfig lora = decoder.lora()
                .orElseThrow(() -> new IllegalArgumentException(
                        "this decoder was opened to train all weights; open one for the adapter"));
        requireShapes(lora.parameterShapes(decoder.config()), adapter, "adapter");
        requireType(decoder, frozen);
        return new DecoderModel(decoder, Optional.of(frozen), adapter);
    }

    /**
     * A model that answers and is not trained; weights that do not fill float32 take less memory.
     *
     * @throws IllegalArgumentException when the decoder was opened for an adapter, or for weights held otherwise
     */
    public static DecoderModel frozen(Decoder decoder, BaseWeights weights) {
        if (decoder.lora().isPresent()) {
            throw new IllegalArgumentException("this decoder was opened for an adapter of "
                    + decoder.lora().get() + "; open one without");
        }
        requireType(decoder, weights);
        return new DecoderModel(decoder, Optional.of(weights), Parameters.none(decoder));
    }

    private static void requireType(Decoder decoder, BaseWeights weights) {
        if (weights.type() != decoder.baseType()) {
            throw new IllegalArgumentException("the weights are held as " + weights.type()
                    + ", but this decoder was opened for " + decoder.baseType());
        }
    }

    private static void requireShapes(Map<String, List<Long>> wanted, Parameters given, String what) {
        if (!wanted.equals(given.shapes())) {
            throw new IllegalArgumentException("the names and shapes of the " + what
                    + " are not those that this decoder was" + " opened for: " + wanted.size()
                    + " parameters are wanted, " + given.shapes().size() + " were given");
        }
    }

    /** The decoder. */
    public Decoder decoder() {
        return decoder;
    }

    /** What is trained: the weights, or the adapter. */
    public Parameters trainable() {
        return trainable;
    }

    /** Whether there is an adapter. */
    public boolean isAdapted() {
        return decoder.lora().isPresent();
    }

    private List<NDArray> weights() {
        return frozen.map(BaseWeights::arrays).orElseGet(trainable::arrays);
    }

    private List<NDArray> adapter() {
        return isAdapted() ? trainable.arrays() : List.of();
    }

    private int labelsAtOnce() {
        return Math.max(1, LOGITS_AT_ONCE / decoder.config().vocabSize());
    }

    /**
     * Adds to {@code gradients} the gradient of the sum over all labels of {@code weight * -log p}.
     *
     * @param gradients as {@link #trainable()}
     * @param labelWeights the weight of each sequence's labels, in the order of {@link PackedBatch#sequences()}
     * @param seed where the adapter's dropout comes from
     * @param recomputation whether to keep only each layer's input and to compute the rest again: less memory, a third more work
     * @return the sum itself, in nats
     */
    public double addGradients(
            Parameters gradients, PackedBatch batch, double[] labelWeights, long seed, boolean recomputation) {
        try (NDManager scope = decoder.manager().newSubManager();
                var call = decoder.call("gradients")) {
            float[] spread = batch.spread(labelWeights);
            NDArray chances = arguments(call.with(weights()).with(adapter()).with(gradients.arrays()), scope, batch)
                    .with(scope.create(spread))
                    .with(labelsAtOnce())
                    .with(recomputation)
                    .with((seed & SEEDS) + 1)
                    .runForArray(scope);
            double[] found = Decoder.doubles(chances);
            double sum = 0;
            for (int i = 0; i < found.length; i++) {
                sum -= spread[i] * found[i];
            }
            return sum;
        }
    }

    private TorchScriptCall arguments(TorchScriptCall call, NDManager scope, PackedBatch batch) {
        return decoder.stream(call, scope, batch.stream())
                .with(scope.create(batch.at()))
                .with(scope.create(batch.labelIds()));
    }

    /** For each of {@link PackedBatch#sequences()} the sum over its labels of the logarithm of their probability, in nats. */
    public double[] logProbabilities(PackedBatch batch) {
        try (NDManager scope = decoder.manager().newSubManager();
                var call = decoder.call("chances")) {
            NDArray chances = arguments(call.with(weights()).with(adapter()), scope, batch)
                    .with(labelsAtOnce())
                    .runForArray(scope);
            return batch.sums(Decoder.doubles(chances));
        }
    }

    /** The logits at every place of one row, [T][V]. */
    public float[][] logits(int... ids) {
        try (NDManager scope = decoder.manager().newSubManager();
                var call = decoder.call("logits")) {
            var stream = TokenStream.of(List.of(ids.length), (sequence, place) -> ids[place]);
            return rows(decoder.stream(call.with(weights()).with(adapter()), scope, stream)
                    .with(scope.create(LongStream.range(0, ids.length).toArray()))
                    .runForArray(scope));
        }
    }

    /**
     * The logits at the places of one row from the given one on, [T - first][V], as decoding computes them: with weights in
     * int8, what they are multiplied with is rounded as well.
     */
    public float[][] decodingLogits(ReadyWeights ready, int first, int... ids) {
        try (NDManager scope = decoder.manager().newSubManager();
                var call = decoder.call("answered")) {
            long[] row = Arrays.stream(ids).asLongStream().toArray();
            return rows(call.with(ready.value())
                    .with(decoder.frequencies())
                    .with(scope.create(row))
                    .with(scope.create(LongStream.range(first, ids.length).toArray()))
                    .runForArray(scope));
        }
    }

    /**
     * How likely the learnt tokens of a sequence are in the way that decoding computes: the sum of the logarithms of their
     * probabilities, in nats. The logits of all of them are there at once.
     */
    public double decodingLogProbability(ReadyWeights ready, LabelledSequence sequence) {
        long[] ids = IntStream.range(0, sequence.inputLength())
                .mapToLong(sequence::token)
                .toArray();
        int[] learnt =
                IntStream.range(1, sequence.length()).filter(sequence::isLearnt).toArray();
        try (NDManager scope = decoder.manager().newSubManager();
                var call = decoder.call("likelihood")) {
            double[] found = Decoder.doubles(call.with(ready.value())
                    .with(decoder.frequencies())
                    .with(scope.create(ids))
                    .with(scope.create(
                            IntStream.of(learnt).mapToLong(place -> place - 1L).toArray()))
                    .with(scope.create(
                            IntStream.of(learnt).mapToLong(sequence::token).toArray()))
                    .runForArray(scope));
            return Arrays.stream(found).sum();
        }
    }

    private float[][] rows(NDArray logits) {
        int vocabulary = decoder.config().vocabSize();
        float[] flat = logits.toFloatArray();
        var rows = new float[flat.length / vocabulary][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(flat, row * vocabulary, (row + 1) * vocabulary);
        }
        return rows;
    }

    /**
     * The weights as decoding wants them: the adapter is among them, and the matrices are of the products' type. A matrix that
     * is adapted, or held in another type, is a copy, the output layer's as well; the others are the model's own. So they take
     * nothing where all weights are trained in float32, and as much as the whole model in the products' type at most; in int8
     * a byte for each number of all matrices, in the order that the products want. Where that order is oneDNN's, all that is
     * not held in it is a copy. The caller closes them, before the model.
     */
    public ReadyWeights ready() {
        try (var call = decoder.call("ready")) {
            return new ReadyWeights(call.with(weights()).with(adapter()).run());
        }
    }

    /**
     * Gives the numbers of a parameter in float32, rows first and some rows at a time, what the adapter adds to it included. A
     * buffer is gone when the sink returns.
     */
    public void read(String name, BaseWeights.Sink sink) {
        read(name, NUMBERS_AT_ONCE, sink);
    }

    /** Gives as many rows at a time as have so many numbers, but at least one. */
    void read(String name, int numbersAtOnce, BaseWeights.Sink sink) {
        Map<String, List<Long>> shapes = decoder.config().parameterShapes();
        WeightGroups.Place place = WeightGroups.place(shapes, name);
        long width = shapes.getOrDefault(name, List.of()).stream().skip(1).reduce(1L, Math::multiplyExact);
        long rowsAtOnce = Math.max(1, numbersAtOnce / width);
        for (long row = 0; row < place.rows(); row += rowsAtOnce) {
            readRows(place.tensor(), place.row() + row, Math.min(rowsAtOnce, place.rows() - row), sink);
        }
    }

    private void readRows(int tensor, long row, long count, BaseWeights.Sink sink) {
        try (NDManager scope = decoder.manager().newSubManager();
                var call = decoder.call("numbers")) {
            NDArray numbers = call.with(weights())
                    .with(adapter())
                    .with(tensor)
                    .with(row)
                    .with(count)
                    .runForArray(scope);
            sink.take(numbers.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer());
        }
    }

    @Override
    public void close() {
        trainable.close();
        frozen.ifPresent(BaseWeights::close);
    }
}
