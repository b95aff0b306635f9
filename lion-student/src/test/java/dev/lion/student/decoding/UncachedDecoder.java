package dev.lion.student.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.FinishReason;
import dev.lion.student.decoder.DecoderModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.util.DoubleComparator;

/** Decoding once more, one row at a time and all of it anew for every token, with the choice written out in Java. */
final class UncachedDecoder {
    private UncachedDecoder() {}

    static Continuation decode(DecoderModel model, DecodingConfig config, Set<Integer> ends, Prompt prompt) {
        var all = new ArrayList<>(
                IntStream.range(0, prompt.length()).mapToObj(prompt::token).toList());
        int limit = Math.min(
                prompt.length() + config.maxNewTokens(),
                model.decoder().config().maxPositionEmbeddings());
        var logProbabilities = new ArrayList<Double>();
        while (all.size() < limit) {
            float[][] logits =
                    model.logits(all.stream().mapToInt(Integer::intValue).toArray());
            float[] last = logits[all.size() - 1];
            int token = choose(penalised(last, all, config), config, prompt.uniform(all.size() - prompt.length()));
            logProbabilities.add(logProbability(last, token));
            if (ends.contains(token)) {
                return continuation(all.subList(prompt.length(), all.size()), FinishReason.STOP, logProbabilities);
            }
            all.add(token);
        }
        return continuation(all.subList(prompt.length(), all.size()), FinishReason.LENGTH, logProbabilities);
    }

    private static Continuation continuation(List<Integer> tokens, FinishReason reason, List<Double> logProbabilities) {
        return new Continuation(
                tokens, text(tokens.stream().mapToInt(Integer::intValue).toArray()), reason, logProbabilities);
    }

    /** A character for each token. */
    static String text(int... tokens) {
        return Arrays.stream(tokens)
                .mapToObj(token -> Character.toString((char) ('0' + token)))
                .collect(Collectors.joining());
    }

    private static double logProbability(float[] logits, int token) {
        return logits[token]
                - Math.log(IntStream.range(0, logits.length)
                        .mapToDouble(i -> Math.exp(logits[i]))
                        .sum());
    }

    static void requireSame(List<Continuation> found, List<Continuation> expected) {
        assertThat(found)
                .usingRecursiveComparison()
                .withComparatorForType(new DoubleComparator(2e-4), Double.class)
                .isEqualTo(expected);
    }

    private static float[] penalised(float[] logits, List<Integer> seen, DecodingConfig config) {
        float[] out = logits.clone();
        for (int token : Set.copyOf(seen)) {
            double penalty = config.repetitionPenalty();
            out[token] = (float) (logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty);
        }
        return out;
    }

    private static int choose(float[] logits, DecodingConfig config, double uniform) {
        List<Integer> order = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(token -> -logits[token]))
                .toList();
        if (config.temperature() == 0) {
            return order.get(0);
        }
        var p = new double[logits.length];
        order.stream().limit(config.topK()).forEach(token -> p[token] = Math.exp(logits[token] / config.temperature()));
        double total = IntStream.range(0, p.length).mapToDouble(i -> p[i]).sum();
        double before = 0;
        for (int token : order) {
            double share = p[token] / total;
            if (before >= config.topP()) {
                p[token] = 0;
            }
            before += share;
        }
        for (int token = 0; token < p.length; token++) {
            if (p[token] < config.minP() * p[order.get(0)]) {
                p[token] = 0;
            }
        }
        return draw(
                p, uniform * IntStream.range(0, p.length).mapToDouble(i -> p[i]).sum());
    }

    private static int draw(double[] p, double mass) {
        int token = 0;
        for (double sum = p[0]; sum <= mass; sum += p[token]) {
            token++;
        }
        return token;
    }
}
