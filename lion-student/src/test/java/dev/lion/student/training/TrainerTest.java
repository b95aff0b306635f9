package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.FinishReason;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoding.BatchDecoder;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.Continuation;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.decoding.Prompt;
import dev.lion.testing.ScriptedTraining;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final int END = 1;
    private static final DecoderConfig TINY = DecoderConfig.builder()
            .vocabSize(40)
            .hiddenSize(32)
            .intermediateSize(64)
            .numHiddenLayers(2)
            .numAttentionHeads(4)
            .numKeyValueHeads(2)
            .headDim(8)
            .maxPositionEmbeddings(64)
            .build();
    private static Decoder decoder;
    private static TensorThreads threads;

    @TempDir
    Path temp;

    @BeforeAll
    static void compile() {
        decoder = Decoder.open(TINY, false);
        threads = TensorThreads.of(2, TINY);
    }

    @AfterAll
    static void free() {
        threads.close();
        decoder.close();
    }

    @Test
    void train_tenPairsManyTimes_repeatsThemExactly() throws Exception {
        var pairs = pairs(10, 7);
        var config = TrainingConfig.builder()
                .epochs(150)
                .learningRate(3e-3)
                .batchSize(4)
                .build();
        try (var weights = DecoderModel.full(decoder, Parameters.random(decoder, 1))) {
            var summary = new Trainer(weights, threads, config).train(pairs, ScriptedTraining.in(temp, 5));

            assertThat(summary.losses()).hasSize(450);
            assertThat(summary.losses().get(449).loss()).isLessThan(0.05);
            assertThat(answers(weights, pairs))
                    .isEqualTo(pairs.stream().map(TrainerTest::answer).toList());
        }
    }

    @Test
    void train_sameSeed_sameLossesAndWeights() throws Exception {
        var pairs = pairs(30, 8);
        try (var first = DecoderModel.full(decoder, Parameters.random(decoder, 1));
                var second = DecoderModel.full(decoder, Parameters.random(decoder, 1))) {
            ImitationSummary a = new Trainer(first, threads, brief()).train(pairs, ScriptedTraining.in(temp, 5));
            ImitationSummary b = new Trainer(second, threads, brief()).train(pairs, ScriptedTraining.in(temp, 5));

            assertThat(a).isEqualTo(b);
            assertThat(contents(first)).isEqualTo(contents(second));
        }
    }

    @Test
    void train_everyStep_reportsRateNormSpeedAndMemory() throws Exception {
        var config =
                brief().toBuilder().schedule(RateSchedule.LINEAR).warmupRatio(0).build();
        try (var model = DecoderModel.full(decoder, Parameters.random(decoder, 1))) {
            var context = ScriptedTraining.in(temp, 5);
            var losses = new Trainer(model, threads, config)
                    .train(pairs(32, 8), context)
                    .losses();

            assertThat(context.points()).hasSize(12).isEqualTo(losses);
            assertThat(losses.stream().map(LossPoint::learningRate)).startsWith(1e-3, 1e-3 * 11 / 12);
            assertThat(losses).allMatch(point -> point.gradientNorm().orElseThrow() > 0);
            assertThat(context.measurements())
                    .allMatch(measured -> measured.tokensPerSecond().orElseThrow() > 0)
                    .allMatch(measured -> measured.residentBytes().isPresent()
                            == ProcessMemory.resident().isPresent());
        }
    }

    @Test
    void train_inBfloat16_losesAboutAsInFloat32() throws Exception {
        var pairs = pairs(16, 8);
        var config = TrainingConfig.builder()
                .epochs(20)
                .learningRate(2e-3)
                .batchSize(8)
                .build();
        try (var rounding = Decoder.open(TINY, true);
                var first = DecoderModel.full(decoder, Parameters.random(decoder, 1));
                var second = DecoderModel.full(rounding, Parameters.random(rounding, 1))) {
            var exact = new Trainer(first, threads, config).train(pairs, ScriptedTraining.in(temp, 5));
            var rounded = new Trainer(second, threads, config).train(pairs, ScriptedTraining.in(temp, 5));

            double last = exact.losses().get(39).loss();
            assertThat(rounded.losses().get(39).loss())
                    .isCloseTo(last, within(0.05 * last))
                    .isNotEqualTo(last);
            assertThat(last).isLessThan(0.9 * exact.losses().get(0).loss());
        }
    }

    private static TrainingConfig brief() {
        return TrainingConfig.builder()
                .epochs(3)
                .learningRate(1e-3)
                .batchSize(8)
                .build();
    }

    private static List<List<Integer>> answers(DecoderModel weights, List<LabelledSequence> pairs)
            throws InterruptedException {
        var prompts = pairs.stream()
                .map(pair -> new Prompt(
                        IntStream.range(0, pair.promptLength()).map(pair::token).toArray(), 0))
                .toList();
        List<Continuation> continuations;
        try (var decoder = BatchDecoder.open(
                weights, threads, Arrays::toString, BatchingConfig.defaults(), Set.of(END), Duration.ZERO)) {
            continuations = decoder.decode(prompts, DecodingConfig.greedy(20));
        }
        assertThat(continuations).allMatch(one -> one.finishReason() == FinishReason.STOP);
        return continuations.stream().map(Continuation::tokens).toList();
    }

    private static List<Integer> answer(LabelledSequence pair) {
        return IntStream.range(pair.promptLength(), pair.length() - 1)
                .mapToObj(pair::token)
                .toList();
    }

    /** Random prompts of 3 to 12 tokens with answers of 1 to 8. */
    private static List<LabelledSequence> pairs(int count, long seed) {
        var random = new Random(seed);
        var pairs = new ArrayList<LabelledSequence>();
        for (int i = 0; i < count; i++) {
            int prompt = 3 + random.nextInt(10);
            int answer = 1 + random.nextInt(8);
            int[] tokens = IntStream.concat(random.ints(prompt + (long) answer, 2, TINY.vocabSize()), IntStream.of(END))
                    .toArray();
            pairs.add(LabelledSequence.of("pair " + pairs.size(), tokens, prompt));
        }
        return pairs;
    }

    private static List<ByteBuffer> contents(DecoderModel weights) {
        return weights.trainable().names().stream()
                .map(weights.trainable()::bytes)
                .toList();
    }
}
