package dev.lion.student.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.FinishReason;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.LoraConfig.Target;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoder.TinyDecoders;
import dev.lion.student.decoder.WeightType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchDecoderTest {
    private static final Set<Integer> ENDS = Set.of(0, 1);
    private static final DecodingConfig SHORT =
            DecodingConfig.defaults().withTemperature(1.5).withMaxNewTokens(40);

    static Stream<Arguments> shapesAndConfigs() {
        var sampled = DecodingConfig.defaults().withMaxNewTokens(50);
        return Stream.of(TinyDecoders.TIED, TinyDecoders.UNTIED)
                .flatMap(shape -> Stream.of(
                                DecodingConfig.greedy(50),
                                sampled.withTemperature(1.5),
                                sampled.withTopK(5),
                                sampled.withTopP(0.8),
                                sampled.withMinP(0.2),
                                sampled.withRepetitionPenalty(1.5).withTemperature(1.2),
                                DecodingConfig.greedy(50).withRepetitionPenalty(1.3),
                                sampled.withTemperature(2).withTopK(20).withTopP(0.9))
                        .map(config -> Arguments.of(shape, config)));
    }

    @ParameterizedTest
    @MethodSource("shapesAndConfigs")
    void decode_withCache_writesTokenForTokenWhatIsWrittenWithout(DecoderConfig shape, DecodingConfig config)
            throws Exception {
        var prompts = prompts(13, shape);
        try (var decoder = Decoder.open(shape, false);
                var threads = TensorThreads.of(2, shape);
                var weights = DecoderModel.full(decoder, TinyDecoders.lively(decoder, 1))) {
            var fast = decode(weights, threads, config, ENDS, prompts);
            var slow = prompts.stream()
                    .map(prompt -> UncachedDecoder.decode(weights, config, ENDS, prompt))
                    .toList();

            UncachedDecoder.requireSame(fast, slow);
            assertThat(fast.stream().map(one -> one.tokens().size()).distinct()).hasSizeGreaterThan(4);
        }
    }

    static Stream<DecoderConfig> families() {
        return TinyDecoders.families();
    }

    static Stream<Arguments> familiesAndOrders() {
        return families().flatMap(shape -> TinyDecoders.orders().map(order -> Arguments.of(shape, order)));
    }

    /** Prompts of which some are longer than the window of the family that has one. */
    @ParameterizedTest
    @MethodSource("familiesAndOrders")
    void decode_anyFamily_writesTokenForTokenWhatIsWrittenWithoutCache(DecoderConfig shape, String order)
            throws Exception {
        try (var decoder = TinyDecoders.open(shape, order);
                var model = DecoderModel.full(decoder, TinyDecoders.lively(decoder, 1))) {
            requireAsUncached(model, SHORT);
        }
    }

    @ParameterizedTest
    @MethodSource("familiesAndOrders")
    void decode_studentThatOnlyAnswers_writesTokenForTokenWhatIsWrittenWithoutCache(DecoderConfig shape, String order)
            throws Exception {
        try (var decoder = TinyDecoders.open(shape, order);
                var weights = TinyDecoders.lively(decoder, 1);
                var model = DecoderModel.frozen(decoder, TinyDecoders.base(decoder, weights))) {
            requireAsUncached(model, SHORT);
        }
    }

    static Stream<Arguments> adaptedShapesAndBases() {
        return Stream.of(TinyDecoders.QWEN2, TinyDecoders.MISTRAL)
                .flatMap(shape ->
                        Stream.of(WeightType.FLOAT32, WeightType.BFLOAT16).map(type -> Arguments.of(shape, type)));
    }

    @ParameterizedTest
    @MethodSource("adaptedShapesAndBases")
    void decode_adapted_writesTokenForTokenWhatIsWrittenWithoutCache(DecoderConfig shape, WeightType type)
            throws Exception {
        var lora = LoraConfig.ofRank(3).withTargets(List.of(Target.K_PROJ, Target.V_PROJ, Target.UP_PROJ));
        try (var decoder = Decoder.open(shape, false, type, lora);
                var weights = TinyDecoders.lively(decoder, 1);
                var model = DecoderModel.adapted(
                        decoder, TinyDecoders.base(decoder, weights), TinyDecoders.lively(decoder, lora))) {
            requireAsUncached(model, SHORT);
        }
    }

    private static void requireAsUncached(DecoderModel model, DecodingConfig config) throws Exception {
        var shape = model.decoder().config();
        var prompts = prompts(7, shape);
        try (var threads = TensorThreads.of(2, shape)) {
            var slow = prompts.stream()
                    .map(prompt -> UncachedDecoder.decode(model, config, ENDS, prompt))
                    .toList();

            UncachedDecoder.requireSame(decode(model, threads, config, ENDS, prompts), slow);
        }
    }

    @Test
    void decode_limits_endRowsByLength() throws Exception {
        var shape = TinyDecoders.TIED;
        var long90 = new Prompt(new Random(1).ints(90, 2, 40).toArray(), 1);
        var full = new Prompt(
                new Random(1).ints(shape.maxPositionEmbeddings(), 2, 40).toArray(), 1);
        var one = new Prompt(new int[] {3}, 1);

        var continuations = decode(shape, DecodingConfig.greedy(10), Set.of(100), List.of(long90, full, one));

        assertThat(continuations.stream().map(each -> each.tokens().size())).containsExactly(6, 0, 10);
        assertThat(continuations).allMatch(each -> each.finishReason() == FinishReason.LENGTH);
    }

    @Test
    void decode_noPrompts_givesNothing() throws Exception {
        assertThat(decode(TinyDecoders.TIED, DecodingConfig.greedy(10), ENDS, List.of()))
                .isEmpty();
    }

    @Test
    void decode_sampled_followsTheSeedOfThePrompt() throws Exception {
        int[] tokens = {5, 6, 7};
        var prompts = List.of(new Prompt(tokens, 1), new Prompt(tokens, 2), new Prompt(tokens, 1));

        var continuations =
                decode(TinyDecoders.TIED, DecodingConfig.defaults().withTemperature(2), Set.of(100), prompts);

        assertThat(continuations.get(0).tokens())
                .isEqualTo(continuations.get(2).tokens())
                .isNotEqualTo(continuations.get(1).tokens());
    }

    @ParameterizedTest
    @MethodSource("families")
    void decode_inBfloat16_startsAsWithoutCache(DecoderConfig shape) throws Exception {
        try (var decoder = Decoder.open(shape, true);
                var model = DecoderModel.full(decoder, TinyDecoders.lively(decoder, 1))) {
            requireAsUncached(model, DecodingConfig.greedy(2));
        }
    }

    private static List<Continuation> decode(
            DecoderConfig shape, DecodingConfig config, Set<Integer> ends, List<Prompt> prompts)
            throws InterruptedException {
        try (var decoder = Decoder.open(shape, false);
                var threads = TensorThreads.of(2, shape);
                DecoderModel weights = DecoderModel.full(decoder, TinyDecoders.lively(decoder, 1))) {
            return decode(weights, threads, config, ends, prompts);
        }
    }

    private static List<Continuation> decode(
            DecoderModel model, TensorThreads threads, DecodingConfig config, Set<Integer> ends, List<Prompt> prompts)
            throws InterruptedException {
        try (var decoder = BatchDecoder.open(
                model, threads, UncachedDecoder::text, BatchingConfig.defaults().withRows(3), ends, Duration.ZERO)) {
            return decoder.decode(prompts, config);
        }
    }

    private static List<Prompt> prompts(int count, DecoderConfig shape) {
        var random = new Random(4);
        var prompts = new ArrayList<Prompt>();
        for (int i = 0; i < count; i++) {
            int length = 1 + random.nextInt(20);
            prompts.add(new Prompt(
                    IntStream.range(0, length)
                            .map(place -> 2 + random.nextInt(shape.vocabSize() - 2))
                            .toArray(),
                    i));
        }
        return prompts;
    }
}
