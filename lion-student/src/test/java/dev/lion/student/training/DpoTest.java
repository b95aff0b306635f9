package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.PackedBatch;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.PlainModels;
import dev.lion.student.decoder.TinyDecoders;
import dev.lion.student.decoder.WeightType;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DpoTest {
    private static final double BETA = 0.3;
    private static final List<PreferencePair> PAIRS = pairs(3, 5);

    /** On both sides of 0, so that some pairs are preferred already and some are not. */
    private static final double[] REFERENCE = {4, -2.5, 0.5};

    static List<PreferencePair> pairs(int count, long seed) {
        var chosen = TinyModel.examples(count, seed);
        var rejected = TinyModel.examples(count, seed + 1);
        return IntStream.range(0, count)
                .mapToObj(i -> new PreferencePair(chosen.get(i), rejected.get(i)))
                .toList();
    }

    static Stream<DecoderConfig> families() {
        return TinyDecoders.families();
    }

    private static Dpo dpo(DecoderModel model, boolean recomputation) {
        var dpo = new Dpo(model, new DpoLoss(BETA), recomputation, "an imitation");
        dpo.setReference(PAIRS, REFERENCE);
        return dpo;
    }

    /** As the paper writes it, in doubles; divided by 4, as if the pass were a part of a step of four. */
    private static double loss(ToDoubleFunction<LabelledSequence> logProbability) {
        double sum = 0;
        for (int i = 0; i < PAIRS.size(); i++) {
            double chosen = logProbability.applyAsDouble(PAIRS.get(i).chosen());
            double rejected = logProbability.applyAsDouble(PAIRS.get(i).rejected());
            sum -= Math.log(1 / (1 + Math.exp(-BETA * (chosen - rejected - REFERENCE[i]))));
        }
        return sum / 4;
    }

    @ParameterizedTest
    @MethodSource("families")
    void addGradients_loss_isThatOfAPlainDecoderInJava(DecoderConfig shape) {
        try (var decoder = Decoder.open(shape, false);
                var weights = TinyDecoders.lively(decoder, 1);
                var gradients = Parameters.zeros(decoder)) {
            double expected = loss(sequence -> PlainModels.logProbability(shape, weights, sequence));

            double found = dpo(DecoderModel.full(decoder, weights), false).addGradients(PAIRS, 4, gradients, 0);

            assertThat(found).isCloseTo(expected, within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void addGradients_everyParameter_isTheSlopeOfTheLoss(DecoderConfig shape) {
        try (var decoder = Decoder.open(shape, false);
                var model = PlainModels.fullInDoubles(decoder)) {
            requireSlopes(model);
        }
    }

    @Test
    void addGradients_adapter_isTheSlopeOfTheLoss() {
        var lora = LoraConfig.ofRank(3);
        try (var decoder = Decoder.open(TinyDecoders.TIED, false, WeightType.FLOAT32, lora);
                var model = PlainModels.adaptedInDoubles(decoder, lora)) {
            requireSlopes(model);
        }
    }

    private static void requireSlopes(DecoderModel model) {
        DoubleSupplier loss = () -> loss(sequence -> model.logProbabilities(PackedBatch.of(List.of(sequence)))[0]);
        for (boolean recomputation : new boolean[] {false, true}) {
            try (var gradients = PlainModels.gradientsInDoubles(model)) {
                double found = dpo(model, recomputation).addGradients(PAIRS, 4, gradients, 0);

                assertThat(found).isCloseTo(loss.getAsDouble(), within(1e-9));
                model.trainable().names().forEach(name -> requireSlope(name, model.trainable(), gradients, loss));
            }
        }
    }

    private static void requireSlope(String name, Parameters weights, Parameters gradients, DoubleSupplier loss) {
        var memory = weights.bytes(name).asDoubleBuffer();
        int place = new Random(name.hashCode()).nextInt(memory.remaining());
        double value = memory.get(place);
        double step = 1e-5;
        memory.put(place, value + step);
        double above = loss.getAsDouble();
        memory.put(place, value - step);
        double below = loss.getAsDouble();
        memory.put(place, value);
        double slope = (above - below) / (2 * step);
        assertThat(gradients.bytes(name).asDoubleBuffer().get(place))
                .as("%s at %d", name, place)
                .isCloseTo(slope, within(1e-6 + 1e-5 * Math.abs(slope)));
    }

    @Test
    void leads_ofPairs_areTheDifferencesOfLogProbabilities() {
        try (var model = TinyModel.full()) {
            double[] leads = dpo(model.model(), false).leads(PAIRS);
            for (int i = 0; i < leads.length; i++) {
                double chosen = chance(model, PAIRS.get(i).chosen());
                double rejected = chance(model, PAIRS.get(i).rejected());
                assertThat(leads[i]).isCloseTo(chosen - rejected, within(1e-4));
            }
        }
    }

    static double chance(TinyModel model, LabelledSequence sequence) {
        return model.model().logProbabilities(PackedBatch.of(List.of(sequence)))[0];
    }

    @Test
    void addGradients_referenceUnknown_namesThePair() {
        try (var model = TinyModel.full();
                var gradients = Parameters.like(model.model().decoder(), model.weights())) {
            var dpo = new Dpo(model.model(), new DpoLoss(BETA), false, "an imitation");
            assertThatThrownBy(() -> dpo.addGradients(PAIRS, 3, gradients, 0))
                    .hasMessage("the reference is not known for example 0");
        }
    }
}
