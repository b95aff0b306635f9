package dev.lion.student.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoder.TinyDecoders;
import dev.lion.student.decoder.WeightType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights in int8, with what goes into a product rounded to as many steps. */
class QuantizedDecodingTest {
    private static final Set<Integer> NO_END = Set.of(1000);

    static Stream<DecoderConfig> families() {
        return TinyDecoders.families();
    }

    @ParameterizedTest
    @MethodSource("families")
    void decode_int8_isNearlyAsSureAsInFloat32(DecoderConfig shape) throws Exception {
        assertThat(lossOfSureness(shape, false)).isLessThan(0.05);
    }

    @ParameterizedTest
    @MethodSource("families")
    void decode_int8WhereOtherProductsAreInBfloat16_isNearlyAsSure(DecoderConfig shape) throws Exception {
        assertThat(lossOfSureness(shape, true)).isLessThan(0.05);
    }

    /** The largest difference that int8 makes to the logarithm of the first token's probability. */
    static double lossOfSureness(DecoderConfig shape, boolean bfloat16) throws Exception {
        try (var exact = Decoder.open(shape, false);
                var weights = Parameters.random(exact, 1);
                var rounded = Decoder.open(shape, bfloat16, WeightType.INT8);
                var model = DecoderModel.frozen(rounded, TinyDecoders.base(rounded, weights));
                var threads = TensorThreads.of(1, shape)) {
            var full = DecoderModel.full(exact, weights);
            var found = decode(model, threads, prompts(shape));
            double most = 0;
            for (int i = 0; i < found.size(); i++) {
                var expected = UncachedDecoder.decode(
                        full, DecodingConfig.greedy(1), NO_END, prompts(shape).get(i));
                most = Math.max(
                        most,
                        Math.abs(found.get(i).logProbabilities().get(0)
                                - expected.logProbabilities().get(0)));
            }
            return most;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "INT8"})
    void decodingLogits_oneToken_onesAfterItAreThoseOfALongerRowAndNoneWhereNoneAreAskedFor(WeightType type)
            throws Exception {
        var shape = TinyDecoders.QWEN2;
        try (var decoder = Decoder.open(shape, false, type);
                var weights = TinyDecoders.lively(decoder, 1);
                var model = DecoderModel.frozen(decoder, TinyDecoders.base(decoder, weights));
                var ready = model.ready()) {
            float[] alone = model.decodingLogits(ready, 0, 5)[0];

            assertThat(alone)
                    .containsExactly(
                            model.decodingLogits(ready, 0, 5, 7)[0],
                            withPrecision(type == WeightType.INT8 ? 0.1f : 1e-4f));
            assertThat(model.decodingLogits(ready, 1, 5)).isEmpty();
        }
    }

    @Test
    void decode_int8WithoutInstructionsForIt_roundsCoarserAndIsNearlyAsSure() throws Exception {
        assumeThat(System.getProperty("os.arch")).isIn("amd64", "x86_64");

        Process child = OlderProcessor.start();
        List<Double> printed;
        try (var reader = child.inputReader()) {
            printed = reader.lines().map(Double::valueOf).toList();
        }

        assertThat(child.waitFor()).isZero();
        assertThat(printed.get(0)).isEqualTo(63);
        assertThat(printed.subList(1, printed.size()))
                .hasSize((int) families().count())
                .allSatisfy(loss -> assertThat(loss).isLessThan(0.1));
    }

    @Test
    void decode_int8_isTheSameInAnyBatch() throws Exception {
        var shape = TinyDecoders.QWEN2;
        try (var exact = Decoder.open(shape, false);
                var weights = TinyDecoders.lively(exact, 1);
                var rounded = Decoder.open(shape, false, WeightType.INT8);
                var model = DecoderModel.frozen(rounded, TinyDecoders.base(rounded, weights));
                var threads = TensorThreads.of(1, shape)) {
            var together = decode(model, threads, prompts(shape), DecodingConfig.greedy(20));
            for (int i = 0; i < together.size(); i++) {
                var alone = decode(model, threads, prompts(shape).subList(i, i + 1), DecodingConfig.greedy(20));
                UncachedDecoder.requireSame(alone, together.subList(i, i + 1));
            }
        }
    }

    @Test
    void decode_adapterOnInt8_answersWithIt() throws Exception {
        var shape = TinyDecoders.QWEN2;
        var lora = LoraConfig.ofRank(3);
        try (var decoder = Decoder.open(shape, false, WeightType.INT8, lora);
                var weights = TinyDecoders.lively(decoder, 1);
                var base = TinyDecoders.base(decoder, weights);
                var model = DecoderModel.adapted(decoder, base, TinyDecoders.lively(decoder, lora));
                var threads = TensorThreads.of(1, shape)) {
            var found = decode(model, threads, prompts(shape));
            var expected = prompts(shape).stream()
                    .map(prompt -> UncachedDecoder.decode(model, DecodingConfig.greedy(1), NO_END, prompt))
                    .toList();
            long same = IntStream.range(0, found.size())
                    .filter(i -> found.get(i).tokens().equals(expected.get(i).tokens()))
                    .count();

            assertThat(same).isGreaterThanOrEqualTo(found.size() * 3L / 4);
        }
    }

    private static List<Prompt> prompts(DecoderConfig shape) {
        var random = new Random(2);
        return IntStream.range(0, 12)
                .mapToObj(i -> new Prompt(
                        random.ints(1 + random.nextInt(20), 2, shape.vocabSize())
                                .toArray(),
                        i))
                .toList();
    }

    private static List<Continuation> decode(DecoderModel model, TensorThreads threads, List<Prompt> prompts)
            throws InterruptedException, IOException {
        return decode(model, threads, prompts, DecodingConfig.greedy(1));
    }

    private static List<Continuation> decode(
            DecoderModel model, TensorThreads threads, List<Prompt> prompts, DecodingConfig config)
            throws InterruptedException, IOException {
        try (var batches = BatchDecoder.open(
                model, threads, UncachedDecoder::text, BatchingConfig.defaults(), NO_END, Duration.ZERO)) {
            return batches.decode(prompts, config);
        }
    }
}
