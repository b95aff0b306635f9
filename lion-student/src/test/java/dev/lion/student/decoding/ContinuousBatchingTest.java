package dev.lion.student.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.FinishReason;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoder.TinyDecoders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows that come, go, share and wait, each of which is continued as if it were alone. */
class ContinuousBatchingTest {
    private static final Set<Integer> ENDS = Set.of(0);
    private static final DecoderConfig SHAPE =
            TinyDecoders.TIED.toBuilder().maxPositionEmbeddings(600).build();

    private static Decoder decoder;
    private static TensorThreads threads;
    private static DecoderModel model;

    @BeforeAll
    static void open() {
        decoder = Decoder.open(SHAPE, false);
        threads = TensorThreads.of(2, SHAPE);
        model = DecoderModel.full(decoder, TinyDecoders.lively(decoder, 1));
    }

    @AfterAll
    static void close() {
        threads.close();
        model.close();
        decoder.close();
    }

    private static BatchDecoder open(BatchingConfig config) {
        return BatchDecoder.open(model, threads, UncachedDecoder::text, config, ENDS, Duration.ZERO);
    }

    private static int[] tokens(long seed, int count) {
        return new Random(seed).ints(count, 2, SHAPE.vocabSize()).toArray();
    }

    private static Prompt prompt(int seed, int length) {
        return new Prompt(tokens(seed, length), seed);
    }

    private static Continuation alone(Prompt prompt, DecodingConfig config) {
        return UncachedDecoder.decode(model, config, ENDS, prompt);
    }

    @Test
    void submit_manyCallersWithDifferentSettings_eachGetsItsOwn() throws Exception {
        var configs = List.of(
                DecodingConfig.greedy(20),
                DecodingConfig.defaults().withTemperature(1.4).withMaxNewTokens(30),
                DecodingConfig.defaults().withTopK(4).withMaxNewTokens(9),
                DecodingConfig.defaults().withTopP(0.7).withMaxNewTokens(25),
                DecodingConfig.defaults().withMinP(0.3).withMaxNewTokens(12),
                DecodingConfig.greedy(40).withRepetitionPenalty(1.4));
        var expected = new ArrayList<Continuation>();
        var found = new ArrayList<Continuation>();
        var callers = Executors.newFixedThreadPool(6);
        try (var batches = open(BatchingConfig.defaults().withRows(5))) {
            var answers = IntStream.range(0, 36)
                    .mapToObj(i -> callers.submit(() -> batches.submit(
                                    prompt(i, 1 + 7 * (i % 9)), configs.get(i % configs.size()), text -> {})
                            .await()))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                found.add(answers.get(i).get());
                expected.add(alone(prompt(i, 1 + 7 * (i % 9)), configs.get(i % configs.size())));
            }
        } finally {
            callers.shutdown();
        }
        UncachedDecoder.requireSame(found, expected);
    }

    @Test
    void decode_promptsWithTheSameBeginning_readItOnce() throws Exception {
        int[] beginning = tokens(9, 100);
        var prompts = IntStream.range(0, 12)
                .mapToObj(i -> new Prompt(
                        IntStream.concat(IntStream.of(beginning), IntStream.of(tokens(i, 1 + i % 5)))
                                .toArray(),
                        i))
                .toList();
        var config = DecodingConfig.defaults().withTemperature(1.2).withMaxNewTokens(10);
        try (var batches = open(BatchingConfig.defaults())) {
            var found = batches.decode(prompts, config);

            UncachedDecoder.requireSame(
                    found, prompts.stream().map(one -> alone(one, config)).toList());
            assertThat(batches.counts().shared()).isGreaterThanOrEqualTo(10 * 100); // two threads read it once each
            assertThat(batches.counts().read()).isLessThan(2 * 100 + 12 * 6);
        }
    }

    @Test
    void decode_promptsLongerThanAPass_areReadInParts() throws Exception {
        var shape = SHAPE.toBuilder().maxPositionEmbeddings(3000).build();
        var config = DecodingConfig.greedy(5);
        try (var large = Decoder.open(shape, false);
                var weights = DecoderModel.full(large, TinyDecoders.lively(large, 1));
                var batches = BatchDecoder.open(
                        weights, threads, UncachedDecoder::text, BatchingConfig.defaults(), ENDS, Duration.ZERO)) {
            var prompts = List.of(prompt(1, 2500), prompt(2, 3), prompt(3, 1500), prompt(4, 1025));
            var found = batches.decode(prompts, config);

            UncachedDecoder.requireSame(
                    found,
                    prompts.stream()
                            .map(one -> UncachedDecoder.decode(weights, config, ENDS, one))
                            .toList());
        }
    }

    @Test
    void decode_littleMemory_isNeverExceededAndChangesNothing() throws Exception {
        long whole = CacheGroup.bytes(SHAPE, CacheSlots.atLeast(600));
        var prompts =
                IntStream.range(0, 10).mapToObj(i -> prompt(i, 40 + 30 * i)).toList();
        var config = DecodingConfig.defaults().withTemperature(1.5).withMaxNewTokens(220);
        try (var batches = BatchDecoder.open(
                model,
                threads,
                UncachedDecoder::text,
                BatchingConfig.defaults().withCacheBytes(2 * whole),
                Set.of(100),
                Duration.ZERO)) {
            var found = batches.decode(prompts, config);

            UncachedDecoder.requireSame(
                    found,
                    prompts.stream()
                            .map(one -> UncachedDecoder.decode(model, config, Set.of(100), one))
                            .toList());
            assertThat(batches.counts().putBack()).isPositive();
            assertThat(batches.counts().mostCacheBytes()).isLessThanOrEqualTo(2 * whole);
        }
    }

    @Test
    void open_lessMemoryThanAnAnswerTakes_isRefused() {
        assertThatThrownBy(() -> open(BatchingConfig.defaults().withCacheBytes(1000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000 bytes")
                .hasMessageContaining("600 tokens");
    }

    @Test
    void submit_stopString_endsTheAnswerBeforeIt() throws Exception {
        var config = DecodingConfig.greedy(60);
        var whole = alone(prompt(3, 8), config);
        String stop = whole.text().substring(11, 14);
        int end = whole.text().indexOf(stop);
        var streamed = new StringBuilder();
        try (var batches = open(BatchingConfig.defaults())) {
            var found = batches.submit(prompt(3, 8), config.withStopStrings(List.of("\u0001", stop)), streamed::append)
                    .await();

            assertThat(found.text()).isEqualTo(whole.text().substring(0, end));
            assertThat(found.tokens()).isEqualTo(whole.tokens().subList(0, end + 3));
            assertThat(found.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(streamed).hasToString(found.text());
        }
    }

    @Test
    void submit_readAlong_givesEveryTokenAsItComes() throws Exception {
        var pieces = new CopyOnWriteArrayList<String>();
        var config = DecodingConfig.greedy(12);
        try (var batches = BatchDecoder.open(
                model, threads, UncachedDecoder::text, BatchingConfig.defaults(), Set.of(100), Duration.ZERO)) {
            var found = batches.submit(prompt(1, 5), config, pieces::add).await();

            assertThat(pieces).hasSize(12);
            assertThat(String.join("", pieces)).isEqualTo(found.text());
        }
    }

    @Test
    void cancel_oneOfMany_freesItsPlaceAndLeavesTheOthers() throws Exception {
        var config = DecodingConfig.greedy(590);
        try (var batches = BatchDecoder.open(
                model,
                threads,
                UncachedDecoder::text,
                BatchingConfig.defaults().withRows(1),
                Set.of(100),
                Duration.ZERO)) {
            var first = batches.submit(prompt(1, 5), config, text -> {});
            var second = batches.submit(prompt(2, 5), config, text -> {});
            var third = batches.submit(prompt(3, 5), DecodingConfig.greedy(4), text -> {});
            first.cancel();
            second.cancel();

            assertThat(third.await().tokens()).hasSize(4);
            assertThatThrownBy(first::await).isInstanceOf(CancellationException.class);
            assertThatThrownBy(second::await).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void submit_readerThatThrows_failsThatAnswerAlone() throws Exception {
        var config = DecodingConfig.greedy(15);
        try (var batches = open(BatchingConfig.defaults())) {
            var bad = batches.submit(prompt(1, 5), config, text -> {
                throw new IllegalStateException("the reader is gone");
            });
            var good = batches.submit(prompt(2, 5), config, text -> {});

            assertThatThrownBy(bad::await).hasMessage("the reader is gone");
            UncachedDecoder.requireSame(List.of(good.await()), List.of(alone(prompt(2, 5), config)));
        }
    }

    @Test
    void submit_asManyWaitAsMay_isRefusedUntilThereIsAPlace() throws Exception {
        var release = new CountDownLatch(1);
        var begun = new CountDownLatch(2);
        var config = DecodingConfig.greedy(3);
        try (var batches = BatchDecoder.open(
                model,
                threads,
                UncachedDecoder::text,
                BatchingConfig.defaults().withRows(2).withWaiting(1),
                Set.of(100),
                Duration.ZERO)) {
            var held = IntStream.range(0, 2)
                    .mapToObj(i -> batches.submit(prompt(i, 4), config, text -> {
                        begun.countDown();
                        await(release);
                    }))
                    .toList();
            await(begun);
            var waits = batches.submit(prompt(8, 4), config, text -> {});

            assertThatThrownBy(() -> batches.submit(prompt(9, 4), config, text -> {}))
                    .isInstanceOf(QueueFullException.class);
            release.countDown();
            for (Decoding one : held) {
                one.await();
            }
            assertThat(waits.await().tokens()).hasSize(3);
            assertThatCode(() ->
                            batches.submit(prompt(9, 4), config, text -> {}).await())
                    .doesNotThrowAnyException();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void close_whileAnswersAreWritten_endsThemAndFreesTheirMemory() throws Exception {
        int before = decoder.manager().getManagedArrays().size();
        var batches = BatchDecoder.open(
                model,
                threads,
                UncachedDecoder::text,
                BatchingConfig.defaults().withRows(2),
                Set.of(100),
                Duration.ZERO);
        var answers = IntStream.range(0, 12)
                .mapToObj(i -> batches.submit(prompt(i, 5), DecodingConfig.greedy(590), text -> {}))
                .toList();
        batches.close();

        for (Decoding answer : answers) {
            assertThatThrownBy(answer::await).isInstanceOf(CancellationException.class);
        }
        assertThat(decoder.manager().getManagedArrays()).hasSize(before);
        assertThatThrownBy(() -> batches.submit(prompt(1, 5), DecodingConfig.greedy(5), text -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void submit_tokenThatTheModelLacks_failsAndTheNextIsAnswered() throws Exception {
        int before = decoder.manager().getManagedArrays().size();
        try (var batches = open(BatchingConfig.defaults())) {
            var bad =
                    batches.submit(new Prompt(new int[] {SHAPE.vocabSize()}, 1), DecodingConfig.greedy(5), text -> {});
            assertThatThrownBy(bad::await).hasMessageContaining("index out of range");

            assertThat(batches.submit(prompt(1, 3), DecodingConfig.greedy(5), text -> {})
                            .await()
                            .tokens())
                    .isEqualTo(alone(prompt(1, 3), DecodingConfig.greedy(5)).tokens());
        }
        assertThat(decoder.manager().getManagedArrays()).hasSize(before);
    }

    @Test
    void submit_promptThatFillsTheContext_isRefusedWithBothNumbers() {
        try (var batches = open(BatchingConfig.defaults())) {
            assertThatThrownBy(() -> batches.submit(prompt(1, 600), DecodingConfig.greedy(5), text -> {}))
                    .isInstanceOf(PromptTooLongException.class)
                    .hasMessageContaining("600 tokens");
        }
    }

    @Test
    void submit_oneMoreWhileAnotherIsLong_doesNotWaitForItsEnd() throws Exception {
        var end = new CountDownLatch(1);
        try (var batches = BatchDecoder.open(
                model, threads, UncachedDecoder::text, BatchingConfig.defaults(), Set.of(100), Duration.ZERO)) {
            var first = new CountDownLatch(1);
            var longer = batches.submit(prompt(1, 5), DecodingConfig.greedy(50), text -> {
                first.countDown();
                await(end);
            });
            await(first);
            var shorter = batches.submit(prompt(2, 5), DecodingConfig.greedy(3), text -> {});

            assertThat(shorter.result().get(20, TimeUnit.SECONDS).tokens()).hasSize(3);
            end.countDown();
            assertThat(longer.await().tokens()).hasSize(50);
        }
    }

    @Test
    void decode_sameBeginningLongerThanAPass_isReadOnce() throws Exception {
        int[] beginning = tokens(9, 500);
        var prompts = IntStream.range(0, 8)
                .mapToObj(i -> new Prompt(
                        IntStream.concat(IntStream.of(beginning), IntStream.of(tokens(i, 10)))
                                .toArray(),
                        i))
                .toList();
        try (var one = TensorThreads.of(1, SHAPE);
                var batches = BatchDecoder.open(
                        model, one, UncachedDecoder::text, BatchingConfig.defaults(), ENDS, Duration.ZERO)) {
            // a running row that shares a little does not keep the others from waiting for more
            var running = batches.submit(
                    new Prompt(IntStream.of(beginning).limit(20).toArray(), 1), DecodingConfig.greedy(500), text -> {});
            UncachedDecoder.requireSame(
                    batches.decode(prompts, DecodingConfig.greedy(4)),
                    prompts.stream()
                            .map(prompt -> alone(prompt, DecodingConfig.greedy(4)))
                            .toList());
            running.cancel();

            assertThat(batches.counts().read()).isLessThan(500 + 20 + 8 * 11);
        }
    }

    @Test
    void submit_readerThatThrowsAnError_failsThatAnswerAlone() throws Exception {
        var config = DecodingConfig.greedy(15).withStopStrings(List.of("never \u0001"));
        try (var batches = open(BatchingConfig.defaults())) {
            var bad = batches.submit(prompt(1, 5), config, text -> {
                throw new AssertionError("the reader is wrong");
            });
            var good = batches.submit(prompt(2, 5), DecodingConfig.greedy(15), text -> {});

            assertThatThrownBy(bad::await).isInstanceOf(AssertionError.class).hasMessage("the reader is wrong");
            assertThat(good.await().tokens())
                    .isEqualTo(alone(prompt(2, 5), DecodingConfig.greedy(15)).tokens());
        }
    }

    @SuppressWarnings("try") // closed within
    @Test
    void close_fromAReader_isRefusedInsteadOfWaitingForItself() throws Exception {
        try (var batches = open(BatchingConfig.defaults())) {
            var answer = batches.submit(prompt(1, 5), DecodingConfig.greedy(5), text -> batches.close());

            assertThatThrownBy(answer::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("callback");
        }
    }

    @Test
    void reading_manyPrompts_thoseThatCameFirstAreAnsweredFirst() throws Exception {
        var order = new CopyOnWriteArrayList<Integer>();
        try (var one = TensorThreads.of(1, SHAPE);
                var batches = BatchDecoder.open(
                        model, one, UncachedDecoder::text, BatchingConfig.defaults(), Set.of(100), Duration.ZERO)) {
            var answers = IntStream.range(0, 12)
                    .mapToObj(i -> batches.submit(prompt(i, 300), DecodingConfig.greedy(1), text -> order.add(i)))
                    .toList();
            for (Decoding answer : answers) {
                answer.await();
            }
        }
        assertThat(order).isSorted();
    }

    @Test
    void logProbability_isThatOfWritingTheSame() throws Exception {
        var written = alone(prompt(4, 9), DecodingConfig.greedy(12));
        int[] all = IntStream.concat(
                        IntStream.of(tokens(4, 9)), written.tokens().stream().mapToInt(Integer::intValue))
                .toArray();
        try (var batches = open(BatchingConfig.defaults())) {
            double sum = written.logProbabilities().stream()
                    .limit(written.tokens().size())
                    .mapToDouble(Double::doubleValue)
                    .sum();

            assertThat(batches.logProbability(LabelledSequence.of("answer", all, 9)))
                    .isCloseTo(sum, org.assertj.core.data.Offset.offset(1e-3));
        }
    }

    @Test
    void confidence_isTheGeometricMeanOfTheProbabilities() {
        var sure = new Continuation(List.of(5), "x", FinishReason.STOP, List.of(Math.log(0.5), Math.log(0.125)));

        assertThat(sure.confidence()).isCloseTo(0.25, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(Optional.of(new Continuation(List.of(), "", FinishReason.LENGTH, List.of()).confidence()))
                .contains(1.0);
    }
}
