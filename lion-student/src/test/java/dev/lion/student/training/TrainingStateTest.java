package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TinyDecoders;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingStateTest {
    private static final TrainingConfig CONFIG = TrainingConfig.builder()
            .weightDecay(0.1)
            .maxGradientNorm(0.5)
            .betas(0.8, 0.95)
            .epsilon(1e-6)
            .build();
    private static final double RATE = 0.01;

    @Test
    void update_twoStepsOfTwoShares_isAdamWOnTheirClippedSum() {
        try (var decoder = Decoder.open(TinyDecoders.TIED, false);
                var weights = Parameters.random(decoder, 1);
                var state = new TrainingState(DecoderModel.full(decoder, weights), 2)) {
            int count = Math.toIntExact(TinyDecoders.TIED.parameterCount());
            double[] expected = numbers(weights, count);
            var first = new double[count];
            var second = new double[count];
            for (int step = 1; step <= 2; step++) {
                fill(state.gradients(0), step);
                fill(state.gradients(1), -step);
                adamW(step, expected, sum(state, count), first, second);

                state.update(CONFIG, 1, RATE);

                assertThat(numbers(weights, count)).containsExactly(expected, within(2e-6));
                assertThat(sum(state, count)).containsOnly(0);
            }
        }
    }

    /** Loshchilov and Hutter 2019, algorithm 2, in doubles. */
    private static void adamW(int step, double[] w, double[] g, double[] m, double[] v) {
        double norm = 0;
        for (double one : g) {
            norm += one * one;
        }
        double scale = Math.min(1, CONFIG.maxGradientNorm() / Math.sqrt(norm));
        for (int i = 0; i < w.length; i++) {
            m[i] = CONFIG.beta1() * m[i] + (1 - CONFIG.beta1()) * g[i] * scale;
            v[i] = CONFIG.beta2() * v[i] + (1 - CONFIG.beta2()) * Math.pow(g[i] * scale, 2);
            double unbiased = m[i] / (1 - Math.pow(CONFIG.beta1(), step));
            double root = Math.sqrt(v[i] / (1 - Math.pow(CONFIG.beta2(), step)));
            w[i] -= RATE * (unbiased / (root + CONFIG.epsilon()) + CONFIG.weightDecay() * w[i]);
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
