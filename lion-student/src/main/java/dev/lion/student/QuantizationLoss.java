package dev.lion.student;

import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.ReadyWeights;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Conversation;
import dev.lion.student.prompt.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What holding a student's weights in fewer bits costs: how it takes answers then, and how it takes them with the numbers of
 * its folder. Only tokens of answers and their ends count. Both students are loaded one after the other, never together; of the first one's
 * distributions the 64 likeliest tokens are kept.
 *
 * <p>Used by those who load a student with other weights than its folder's, from any thread.
 *
 * @param weights how they are held
 * @param positions tokens that were looked at
 * @param before the mean negative log-likelihood of a token with the folder's own numbers, in nats
 * @param after the same with weights held so
 * @param sameNext the share of places where the likeliest token is the same, from 0 to 1
 * @param divergence the mean Kullback-Leibler divergence of the distributions after to those before, in nats, with all but the 64 likeliest tokens
 *     taken as one
 */
public record QuantizationLoss(
        WeightType weights, int positions, double before, double after, double sameNext, double divergence) {
    private static final int LONGEST = 512;

    /** What is measured of one student, token by token. */
    @FunctionalInterface
    private interface Look {
        void at(float[] logits, int token);
    }

    /**
     * Measures on given answers, such as demonstrations that the student was not trained on.
     *
     * @param folder the student's
     * @param config with the weights in question, which are compared with {@link WeightType#FLOAT32}
     * @param mostPositions tokens that are looked at, the first ones; of each text those among its first {@value #LONGEST}
     * @throws IllegalArgumentException when no answer has a token to look at
     */
    public static QuantizationLoss measure(
            Path folder, LoadConfig config, List<Conversation> answers, int mostPositions) throws IOException {
        var kept = new ArrayList<LikeliestTokens>();
        walk(
                folder,
                config.withWeights(WeightType.FLOAT32),
                answers,
                mostPositions,
                (logits, token) -> kept.add(LikeliestTokens.of(logits, token)));
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("there is no token of an answer among the first " + LONGEST
                    + " of any of " + answers.size() + " texts, so that no loss can be measured; give shorter ones");
        }
        var sums = new Sums(kept.iterator());
        walk(folder, config, answers, mostPositions, sums);
        return sums.loss(config.weights(), kept.size());
    }

    /** Measures on the answers that the student itself gives greedily, with the folder's own numbers. */
    public static QuantizationLoss ofOwnAnswers(
            Path folder, LoadConfig config, List<String> questions, int newTokens, int mostPositions)
            throws IOException, InterruptedException {
        var answers = new ArrayList<Conversation>();
        try (var student = LoadedStudent.load(folder, config.withWeights(WeightType.FLOAT32))) {
            var begun = new ArrayList<Decoding>();
            for (String question : questions) {
                begun.add(student.answer(
                        List.of(Message.user(question)), DecodingConfig.greedy(newTokens), 0, text -> {}));
            }
            for (int i = 0; i < begun.size(); i++) {
                String answer = begun.get(i).await().text();
                answers.add(new Conversation(
                        "question " + (i + 1), List.of(Message.user(questions.get(i)), Message.assistant(answer))));
            }
        }
        return measure(folder, config, answers, mostPositions);
    }

    private static void walk(Path folder, LoadConfig config, List<Conversation> answers, int most, Look look)
            throws IOException {
        try (var model = StudentModel.load(folder, config.studentConfig());
                var ready = model.weights().ready();
                var threads = TensorThreads.of(config.threads(), model.decoder().config())) {
            int longest = Math.min(LONGEST, model.decoder().config().maxPositionEmbeddings());
            int left = most;
            for (Conversation answer : answers) {
                for (LabelledSequence sequence : model.encoder().sequences(answer)) {
                    int wanted = left;
                    left -= threads.run(
                            () -> walk(model.weights(), ready, sequence, Math.min(wanted, most), longest, look));
                }
            }
        }
    }

    private static int walk(
            DecoderModel model, ReadyWeights ready, LabelledSequence sequence, int most, int longest, Look look) {
        int length = Math.min(sequence.inputLength(), longest);
        int first = sequence.promptLength() - 1;
        if (most <= 0 || first >= length) {
            return 0;
        }
        int[] ids = IntStream.range(0, Math.min(length, first + most))
                .map(sequence::token)
                .toArray();
        float[][] logits = model.decodingLogits(ready, first, ids);
        int looked = 0;
        for (int i = 0; i < logits.length; i++) {
            int next = first + i + 1;
            if (sequence.isLearnt(next)) {
                look.at(logits[i], sequence.token(next));
                looked++;
            }
        }
        return looked;
    }

    /** Compares the second student with what is remembered of the first, place by place. */
    private static final class Sums implements Look {
        private final Iterator<LikeliestTokens> kept;
        private double before;
        private double after;
        private double divergence;
        private int same;

        Sums(Iterator<LikeliestTokens> kept) {
            this.kept = kept;
        }

        @Override
        public void at(float[] logits, int token) {
            LikeliestTokens one = kept.next();
            LikeliestTokens other = LikeliestTokens.of(logits, token);
            before -= one.ofLabel();
            after -= other.ofLabel();
            divergence += one.divergenceTo(logits);
            same += one.first() == other.first() ? 1 : 0;
        }

        QuantizationLoss loss(WeightType weights, int count) {
            return new QuantizationLoss(
                    weights, count, before / count, after / count, (double) same / count, divergence / count);
        }
    }

    /** How many tokens the student hesitates between on average, with the folder's own numbers. */
    public double perplexityBefore() {
        return Math.exp(before);
    }

    /** The same with weights held so. */
    public double perplexityAfter() {
        return Math.exp(after);
    }

    /** A line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s weights: perplexity %.2f -> %.2f (%+.1f %%), same next token at %.1f %% of %d positions, divergence %.4f"
                        + " nats",
                name(),
                perplexityBefore(),
                perplexityAfter(),
                100 * (Math.exp(after - before) - 1),
                100 * sameNext,
                positions,
                divergence);
    }

    private String name() {
        return weights.name().toLowerCase(Locale.ROOT);
    }
}
