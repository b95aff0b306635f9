package dev.lion.examples.bench.training;

import dev.lion.student.decoder.BaseWeights;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.training.Trainer;
import dev.lion.student.training.TrainingConfig;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Trains a case with the student's own trainer, on tokens that are all learnt.
 *
 * @param which the case
 * @param batch sequences of a step
 * @param tokensPerPass tokens that go through the decoder at once
 * @param recomputation whether layers are computed again on the way back
 * @param threads processors to use
 */
record CaseRun(TrainingCase which, int batch, int tokensPerPass, boolean recomputation, int threads) {
    private static final double DEVIATION = 0.02;
    private static final int PIECE = 1 << 16;

    /** What is trained, as long as it is open. */
    final class Open implements AutoCloseable {
        private final Decoder decoder = decoder();
        private final TensorThreads pool =
                TensorThreads.of(threads, which.shape().config());
        private final DecoderModel model;

        Open(long seed) throws IOException {
            model = model(decoder, seed);
        }

        /** Trains on sequences for some epochs. */
        void train(List<LabelledSequence> sequences, int epochs, TimedSteps watch) throws IOException {
            new Trainer(model, pool, training(epochs)).train(sequences, watch);
        }

        @Override
        public void close() {
            pool.close();
            model.close();
            decoder.close();
        }
    }

    /** Makes one step more than the steps that are counted, on sequences of one length. */
    void run(int length, int steps, TimedSteps watch) throws IOException {
        var random = new Random(watch.randomSeed());
        var sequences = IntStream.range(0, batch)
                .mapToObj(i -> sequence(random, length))
                .toList();
        try (var open = new Open(watch.randomSeed())) {
            open.train(sequences, steps + 1, watch);
        }
    }

    /** A sequence of random tokens, of which so many go through the decoder. */
    LabelledSequence sequence(Random random, int length) {
        int vocabulary = which.shape().config().vocabSize();
        return LabelledSequence.of(
                "random", random.ints(length + 1L, 0, vocabulary).toArray(), 1);
    }

    private Decoder decoder() {
        var config = which.shape().config();
        return which.lora()
                ? Decoder.open(config, which.bfloat16(), which.base(), LoraConfig.ofRank(TrainingCase.RANK))
                : Decoder.open(config, which.bfloat16());
    }

    private DecoderModel model(Decoder decoder, long seed) throws IOException {
        if (!which.lora()) {
            return DecoderModel.full(decoder, Parameters.random(decoder, seed));
        }
        var random = new Random(seed);
        Map<String, List<Long>> shapes = decoder.config().parameterShapes();
        var frozen = BaseWeights.read(
                decoder,
                (name, sink) -> fill(
                        random,
                        Objects.requireNonNull(shapes.get(name)).stream().reduce(1L, (a, b) -> a * b),
                        sink));
        return DecoderModel.adapted(
                decoder, frozen, Parameters.lora(decoder, LoraConfig.ofRank(TrainingCase.RANK), seed));
    }

    /** One buffer for all pieces: garbage of the weights' size would count as memory of the training. */
    private static void fill(Random random, long numbers, BaseWeights.Sink sink) {
        var values = FloatBuffer.allocate((int) Math.min(numbers, PIECE));
        for (long left = numbers; left > 0; left -= values.limit()) {
            values.clear().limit((int) Math.min(left, values.capacity()));
            while (values.hasRemaining()) {
                values.put((float) (DEVIATION * random.nextGaussian()));
            }
            sink.take(values.flip());
        }
    }

    private TrainingConfig training(int epochs) {
        return TrainingConfig.builder()
                .epochs(epochs)
                .batchSize(batch)
                .tokensPerPass(tokensPerPass)
                .recomputation(recomputation)
                .learningRate(1e-3)
                .saveEvery(Duration.ofDays(1))
                .build();
    }
}
