package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TinyDecoders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingStateTest {
    private static final TrainingConfig CONFIG = TrainingConfig.builder()
            .weightDecay(0.1)
            .maxGradientNorm(0.5)
            .betas(0.8, 0.95)
            .epsilon(1e-6)
            .build();
    private static final double RATE = 0.01;

    /** Biases and norms, one after the other in {@link Parameters#names()} as in the arrays of numbers. */
    private static boolean[] decays(Parameters weights, int count) {
        var decays = new boolean[count];
        int next = 0;
        for (String name : weights.names()) {
            int size = weights.bytes(name).remaining() / Float.BYTES;
            boolean matrix = !name.endsWith("norm.weight") && !name.endsWith(".bias");
            Arrays.fill(decays, next, next + size, matrix);
            next += size;
        }
        return decays;
    }

    @ParameterizedTest
    @MethodSource("dev.lion.student.decoder.TinyDecoders#families")
    void move_threeStepsOfTwoShares_isAdamWOnTheirClippedSum(DecoderConfig family) {
        try (var decoder = Decoder.open(family, false);
                var model = DecoderModel.full(decoder, TinyDecoders.lively(decoder, 1))) {
            assertThatStepsAreAdamW(model);
        }
    }

    @Test
    void move_adapter_decaysBothMatrices() {
        try (var model = TinyModel.adapted(LoraConfig.ofRank(2))) {
            assertThatStepsAreAdamW(model.model());
        }
    }

    private static void assertThatStepsAreAdamW(DecoderModel model) {
        var weights = model.trainable();
        int count = Math.toIntExact(weights.count());
        double[] expected = numbers(weights, count);
        boolean[] decays = decays(weights, count);
        var first = new double[count];
        var second = new double[count];
        try (var state = new TrainingState(model, 2)) {
            for (int step = 1; step <= 3; step++) {
                fill(state.gradients(0), step);
                fill(state.gradients(1), -step);
                double[] gradient = sum(state, count);
                double norm = norm(gradient);
                adamW(step, expected, decays, gradient, first, second);

                double found = state.clip(CONFIG.maxGradientNorm());
                state.move(CONFIG, new LossPoint(step, 1, RATE, OptionalDouble.of(found)));

                assertThat(found).isCloseTo(norm, within(1e-5 * norm));
                assertThat(numbers(weights, count)).containsExactly(expected, within(2e-6));
                assertThat(sum(state, count)).containsOnly(0);
            }
        }
    }

    @Test
    void new_memoryRunsOut_givesBackWhatItHad() {
        try (var model = TinyModel.full()) {
            var had = new ArrayList<Parameters>();
            Supplier<Parameters> scarce = () -> {
                if (had.size() == 3) {
                    throw new IllegalStateException("no more memory");
                }
                had.add(Parameters.like(model.model().decoder(), model.weights()));
                return had.get(had.size() - 1);
            };

            assertThatThrownBy(() -> new TrainingState(model.model(), 2, scarce))
                    .hasMessage("no more memory");

            assertThat(had)
                    .hasSize(3)
                    .allSatisfy(one -> assertThatThrownBy(() -> one.bytes("model.norm.weight"))
                            .isInstanceOf(IllegalArgumentException.class)); // what is closed has no parameters
        }
    }

    private static double norm(double[] gradient) {
        return Math.sqrt(DoubleStream.of(gradient).map(one -> one * one).sum());
    }

    /** Loshchilov and Hutter 2019, algorithm 2, in doubles. */
    private static void adamW(int step, double[] w, boolean[] decays, double[] g, double[] m, double[] v) {
        double scale = Math.min(1, CONFIG.maxGradientNorm() / norm(g));
        for (int i = 0; i < w.length; i++) {
            m[i] = CONFIG.beta1() * m[i] + (1 - CONFIG.beta1()) * g[i] * scale;
            v[i] = CONFIG.beta2() * v[i] + (1 - CONFIG.beta2()) * Math.pow(g[i] * scale, 2);
            double unbiased = m[i] / (1 - Math.pow(CONFIG.beta1(), step));
            double root = Math.sqrt(v[i] / (1 - Math.pow(CONFIG.beta2(), step)));
            double decay = decays[i] ? CONFIG.weightDecay() * w[i] : 0;
            w[i] -= RATE * (unbiased / (root + CONFIG.epsilon()) + decay);
        }
    }

    private static double[] sum(TrainingState state, int count) {
        double[] sum = numbers(state.gradients(0), count);
        double[] other = numbers(state.gradients(1), count);
        for (int i = 0; i < count; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    private static void fill(Parameters gradients, long seed) {
        var random = new Random(seed);
        for (String name : gradients.names()) {
            var values = gradients.bytes(name).asFloatBuffer();
            while (values.hasRemaining()) {
                values.put((float) random.nextGaussian());
            }
        }
    }

    private static double[] numbers(Parameters weights, int count) {
        var numbers = new double[count];
        int next = 0;
        for (String name : weights.names()) {
            var values = weights.bytes(name).asFloatBuffer();
            while (values.hasRemaining()) {
                numbers[next++] = values.get();
            }
        }
        return numbers;
    }
}
