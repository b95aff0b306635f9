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
 * Trains a case with the student's own trainer, on random tokens that are all learnt.
 *
 * @param which the case
 * @param batch sequences of a step
 * @param length tokens of each that go through the decoder
 * @param tokensPerPass tokens that go through the decoder at once
 * @param threads processors to use
 */
record CaseRun(TrainingCase which, int batch, int length, int tokensPerPass, int threads) {
    private static final double DEVIATION = 0.02;

    /** Makes one step more than the steps that are counted. */
    void run(int steps, TimedSteps watch) throws IOException {
        var config = which.shape().config();
        try (var decoder = decoder();
                var pool = TensorThreads.of(threads, config);
                var model = model(decoder, watch.randomSeed())) {
            new Trainer(model, pool, training(steps + 1)).train(sequences(watch.randomSeed()), watch);
        }
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

    private static void fill(Random random, long numbers, BaseWeights.Sink sink) {
        long left = numbers;
        while (left > 0) {
            var values = FloatBuffer.allocate((int) Math.min(left, 1 << 16));
            left -= values.remaining();
            while (values.hasRemaining()) {
                values.put((float) (DEVIATION * random.nextGaussian()));
            }
            sink.take(values.flip());
        }
    }

    private TrainingConfig training(int steps) {
        return TrainingConfig.builder()
                .epochs(steps)
                .batchSize(batch)
                .maxLength(length + 1)
                .tokensPerPass(tokensPerPass)
                .learningRate(1e-3)
                .saveEvery(Duration.ofDays(1))
                .build();
    }

    private List<LabelledSequence> sequences(long seed) {
        var random = new Random(seed);
        int vocabulary = which.shape().config().vocabSize();
        return IntStream.range(0, batch)
                .mapToObj(i -> LabelledSequence.of(
                        "sequence " + i, random.ints(length + 1L, 0, vocabulary).toArray(), 1))
                .toList();
    }
}
