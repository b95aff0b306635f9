package dev.lion.student.decoder;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Decoders small enough for tests, with weights large enough that no two tokens are equally likely. */
public final class TinyDecoders {
    /** Two query heads share a key-value head; the output layer is the embedding. */
    public static final DecoderConfig TIED = DecoderConfig.builder()
            .vocabSize(40)
            .hiddenSize(32)
            .intermediateSize(48)
            .numHiddenLayers(2)
            .numAttentionHeads(4)
            .numKeyValueHeads(2)
            .headDim(8)
            .maxPositionEmbeddings(96)
            .build();

    /** Every query head has its own key-value head; the output layer has weights of its own. */
    public static final DecoderConfig UNTIED = DecoderConfig.builder()
            .vocabSize(40)
            .hiddenSize(24)
            .intermediateSize(40)
            .numHiddenLayers(3)
            .numAttentionHeads(2)
            .numKeyValueHeads(2)
            .headDim(12)
            .maxPositionEmbeddings(96)
            .rmsNormEps(1e-5)
            .tieWordEmbeddings(false)
            .build();

    /**
     * Llama 3's rotary embedding, stretched so that fast, slow and middling rotations all occur, and a feed-forward wide enough to
     * be cut in strips.
     */
    public static final DecoderConfig LLAMA3 = TIED.toBuilder()
            .ropeScaling(new RopeScaling(8, 1, 4, 32))
            .intermediateSize(160)
            .build();

    /** A window shorter than the tests' sequences. */
    public static final DecoderConfig MISTRAL =
            UNTIED.toBuilder().family(ModelFamily.MISTRAL).slidingWindow(5).build();

    /** Biases of queries, keys and values. */
    public static final DecoderConfig QWEN2 =
            TIED.toBuilder().family(ModelFamily.QWEN2).build();

    /** Normalised queries and keys, and heads wider than the hidden size divided among them. */
    public static final DecoderConfig QWEN3 =
            TIED.toBuilder().family(ModelFamily.QWEN3).headDim(12).build();

    private TinyDecoders() {}

    /** One of each family, and of each feature. */
    public static Stream<DecoderConfig> families() {
        return Stream.of(TIED, UNTIED, LLAMA3, MISTRAL, QWEN2, QWEN3);
    }

    /** Normal weights with standard deviation 0.3, norms around 1. */
    public static Parameters lively(Decoder decoder, long seed) {
        var weights = Parameters.zeros(decoder);
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

    /** An adapter whose numbers are all normal with standard deviation 0.2. */
    public static Parameters lively(Decoder decoder, LoraConfig lora) {
        var adapter = Parameters.lora(decoder, lora, 1);
        var random = new Random(5);
        for (String name : adapter.names()) {
            var values = adapter.bytes(name).asFloatBuffer();
            while (values.hasRemaining()) {
                values.put((float) (0.2 * random.nextGaussian()));
            }
        }
        return adapter;
    }

    /** The orders that matrices may lie in which answers are written with. */
    public static Stream<String> orders() {
        return Stream.of(MatrixOrder.values()).map(MatrixOrder::name);
    }

    /** A decoder without an adapter whose products are in float32, with matrices in one of the orders, whatever the processor. */
    public static Decoder open(DecoderConfig shape, String order) {
        return Decoder.open(shape, false, MatrixOrder.valueOf(order), WeightType.FLOAT32, Optional.empty());
    }

    /** These weights as a base of the type that the decoder was opened for. */
    public static BaseWeights base(Decoder decoder, Parameters weights) throws IOException {
        return BaseWeights.read(
                decoder, (name, sink) -> sink.take(weights.bytes(name).asFloatBuffer()));
    }
}
