package dev.lion.student.training;

import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.LabelledSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The longest sequence that is learnt. A longer one is left out, not cut: an answer without its end teaches never to end.
 *
 * @param maxLength what the configuration allows
 * @param modelContext what the model can hold
 */
record LengthLimit(int maxLength, int modelContext) {
    private static final int NAMED = 5;

    /**
     * Examples parted by their length.
     *
     * @param kept the ones that are learnt
     * @param leftOut how many are not
     * @param tokensLeftOut tokens of these
     */
    record Fitting<E>(List<E> kept, long leftOut, long tokensLeftOut) {}

    private record TooLong(String id, int length, long tokens) {}

    /**
     * Leaves out what is too long and tells the user.
     *
     * @throws ExamplesTooLongException when nothing is left of something
     */
    <E> Fitting<E> fitting(Objective<E> objective, List<E> examples, TrainingContext context) {
        var kept = new ArrayList<E>();
        var tooLong = new ArrayList<TooLong>();
        for (E example : examples) {
            var sequences = objective.sequences(example);
            int length =
                    sequences.stream().mapToInt(LabelledSequence::length).max().orElseThrow();
            if (length <= Math.min(maxLength, modelContext)) {
                kept.add(example);
            } else {
                long tokens =
                        sequences.stream().mapToLong(LabelledSequence::length).sum();
                tooLong.add(new TooLong(sequences.get(0).id(), length, tokens));
            }
        }
        if (!tooLong.isEmpty()) {
            String words = describe(tooLong, examples.size());
            if (kept.isEmpty()) {
                throw new ExamplesTooLongException("nothing can be learnt: " + words);
            }
            context.onNotice(words);
        }
        return new Fitting<>(List.copyOf(kept), tooLong.size(), tokens(tooLong));
    }

    private String describe(List<TooLong> tooLong, int all) {
        String limit = modelContext < maxLength
                ? "the model's context of " + modelContext
                        + " tokens; shorten them or take a model with a longer context"
                : "maxLength " + maxLength + "; raise it (this model's context is " + modelContext
                        + " tokens) or shorten them";
        return String.format(
                Locale.ROOT,
                "%,d of %,d examples (%,d tokens) are left out, as they are longer than %s: %s",
                tooLong.size(),
                all,
                tokens(tooLong),
                limit,
                names(tooLong));
    }

    private static String names(List<TooLong> tooLong) {
        String named = tooLong.stream()
                .limit(NAMED)
                .map(one -> one.id() + " has " + one.length())
                .collect(Collectors.joining(", "));
        return tooLong.size() > NAMED ? named + " and " + (tooLong.size() - NAMED) + " more" : named;
    }

    private static long tokens(List<TooLong> tooLong) {
        return tooLong.stream().mapToLong(TooLong::tokens).sum();
    }
}
