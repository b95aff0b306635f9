package dev.lion.examples.bench.training;

import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.training.Trainer;
import dev.lion.student.training.TrainingConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Trains a case with the student's own trainer, on random tokens that are all learnt.
 *
 * @param which the case
 * @param batch sequences of a step
 * @param length tokens of each that go through the decoder
 * @param threads processors to use
 */
record CaseRun(TrainingCase which, int batch, int length, int threads) {
    /** Makes one step more than the steps that are counted. */
    void run(int steps, TimedSteps watch) throws IOException {
        var config = which.shape().config();
        try (var decoder = Decoder.open(config, which.bfloat16());
                var pool = TensorThreads.of(threads, config)) {
            var weights = Parameters.random(decoder, watch.randomSeed());
            new Trainer(decoder, pool, training(steps + 1)).train(weights, sequences(watch.randomSeed()), watch);
        }
    }

    private TrainingConfig training(int steps) {
        return TrainingConfig.builder()
                .epochs(steps)
                .batchSize(batch)
                .maxLength(length + 1)
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
