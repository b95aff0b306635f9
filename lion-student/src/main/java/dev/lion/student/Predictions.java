package dev.lion.student;

import dev.lion.student.decoder.DecoderModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a model writes greedily after fixed prompts, with the logits at every place. */
final class Predictions {
    private static final int TOKENS = 12;

    private final List<Row> rows;

    /** A prompt with what was written after it, and the logits of all of it. */
    private static final class Row {
        private final int[] tokens;
        private final int prompt;
        private final float[][] logits;

        Row(int[] tokens, int prompt, float[][] logits) {
            this.tokens = tokens;
            this.prompt = prompt;
            this.logits = logits;
        }
    }

    private Predictions(List<Row> rows) {
        this.rows = rows;
    }

    /** Of prompts that are cut where the model's context needs it. */
    static Predictions of(DecoderModel model, List<int[]> prompts) {
        int context = model.decoder().config().maxPositionEmbeddings();
        return new Predictions(prompts.stream()
                .map(prompt ->
                        row(model, Arrays.copyOf(prompt, Math.max(1, Math.min(prompt.length, context - TOKENS)))))
                .toList());
    }

    private static Row row(DecoderModel model, int[] prompt) {
        int[] tokens = prompt;
        float[][] logits = model.logits(tokens);
        for (int i = 0; i < TOKENS - 1; i++) {
            tokens = appended(tokens, largest(logits[tokens.length - 1]));
            logits = model.logits(tokens);
        }
        return new Row(tokens, prompt.length, logits);
    }

    private static int[] appended(int[] tokens, int token) {
        int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
        longer[tokens.length] = token;
        return longer;
    }

    private static int largest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    /** How near another model comes, which is given the same tokens: where it takes all of them too, it writes the same. */
    Fidelity compare(DecoderModel other) {
        double difference = 0;
        double largest = 0;
        var same = new ArrayList<Boolean>();
        for (Row row : rows) {
            float[][] logits = other.logits(row.tokens);
            for (int place = 0; place < logits.length; place++) {
                for (int token = 0; token < logits[place].length; token++) {
                    float expected = row.logits[place][token];
                    difference = Math.max(difference, Math.abs((double) expected - logits[place][token]));
                    largest = Math.max(largest, Math.abs(expected));
                }
                if (place >= row.prompt - 1) {
                    same.add(largest(row.logits[place]) == largest(logits[place]));
                }
            }
        }
        return new Fidelity(difference, largest, same.size(), (int)
                same.stream().filter(one -> one).count());
    }
}
