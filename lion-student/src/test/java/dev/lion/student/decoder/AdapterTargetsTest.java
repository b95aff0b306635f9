package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.lion.student.decoder.LoraConfig.Target;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdapterTargetsTest {
    private static final DecoderConfig SHAPE = DecoderConfig.builder()
            .vocabSize(10)
            .hiddenSize(8)
            .intermediateSize(12)
            .numHiddenLayers(2)
            .numAttentionHeads(2)
            .numKeyValueHeads(1)
            .build();

    private static Decoder full;

    @BeforeAll
    static void open() {
        full = Decoder.open(SHAPE, false);
    }

    @AfterAll
    static void close() {
        full.close();
    }

    static Stream<List<Target>> targets() {
        return Sets.powerSet(ImmutableSet.copyOf(Target.values())).stream()
                .filter(some -> !some.isEmpty())
                .map(List::copyOf);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void adapted_anyTargets_isTheModelWithTheAdapterAddedByHand(List<Target> targets) throws IOException {
        var lora = LoraConfig.ofRank(2).withTargets(targets);
        int[] ids = new Random(1).ints(7, 0, SHAPE.vocabSize()).toArray();
        try (var byHand = TinyDecoders.lively(full, 1);
                var decoder = Decoder.open(SHAPE, false, WeightType.FLOAT32, lora);
                var model = DecoderModel.adapted(
                        decoder, TinyDecoders.base(decoder, byHand), TinyDecoders.lively(decoder, lora))) {
            add(model.trainable(), lora, byHand);

            for (String name : byHand.names()) {
                FloatBuffer expected = byHand.bytes(name).asFloatBuffer();
                model.read(name, numbers -> requireClose(name, numbers, expected));
                assertThat(expected.remaining()).as(name).isZero();
            }
            float[][] logits = model.logits(ids);
            float[][] expected = DecoderModel.full(full, byHand).logits(ids);
            for (int t = 0; t < ids.length; t++) {
                assertThat(logits[t]).usingComparatorWithPrecision(1e-3f).containsExactly(expected[t]);
            }
        }
    }

    private static void requireClose(String name, FloatBuffer numbers, FloatBuffer expected) {
        while (numbers.hasRemaining()) {
            assertThat(numbers.get()).as(name).isCloseTo(expected.get(), within(1e-5f));
        }
    }

    /** Adds scale * B A to each weight that is adapted, number by number. */
    private static void add(Parameters adapter, LoraConfig lora, Parameters weights) {
        for (String name : weights.names()) {
            String module = name.replace(".weight", "");
            if (adapter.names().contains(module + ".lora_A.weight")) {
                add(
                        adapter.bytes(module + ".lora_A.weight").asFloatBuffer(),
                        adapter.bytes(module + ".lora_B.weight").asFloatBuffer(),
                        lora,
                        weights.bytes(name).asFloatBuffer());
            }
        }
    }

    private static void add(FloatBuffer a, FloatBuffer b, LoraConfig lora, FloatBuffer weight) {
        int width = a.remaining() / lora.rank();
        for (int place = 0; place < weight.limit(); place++) {
            double sum = weight.get(place);
            for (int r = 0; r < lora.rank(); r++) {
                sum += lora.scale() * b.get(place / width * lora.rank() + r) * a.get(r * width + place % width);
            }
            weight.put(place, (float) sum);
        }
    }
}
