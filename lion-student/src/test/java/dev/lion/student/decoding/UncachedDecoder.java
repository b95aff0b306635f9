package dev.lion.student.decoding;

import dev.lion.data.FinishReason;
import dev.lion.student.decoder.DecoderModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Decoding once more, one row at a time and all of it anew for every token, with the choice written out in Java. */
final class UncachedDecoder {
    private UncachedDecoder() {}

    static Continuation decode(DecoderModel model, DecodingConfig config, Set<Integer> ends, Prompt prompt) {
        var all = new ArrayList<>(
                IntStream.range(0, prompt.length()).mapToObj(prompt::token).toList());
        int limit = Math.min(
                prompt.length() + config.maxNewTokens(),
                model.decoder().config().maxPositionEmbeddings());
        while (all.size() < limit) {
            float[][] logits =
                    model.logits(all.stream().mapToInt(Integer::intValue).toArray());
            int token = choose(logits[all.size() - 1], config, prompt.uniform(all.size() - prompt.length()));
            if (ends.contains(token)) {
                return new Continuation(all.subList(prompt.length(), all.size()), FinishReason.STOP);
            }
            all.add(token);
        }
        return new Continuation(all.subList(prompt.length(), all.size()), FinishReason.LENGTH);
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
