package dev.lion.examples.puzzle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Random choices. */
final class Draw {
    private static final int MAX_ATTEMPTS = 100_000;

    private Draw() {}

    /** From {@code min} to {@code max}, both included. */
    static int between(RandomGenerator random, int min, int max) {
        return random.nextInt(min, max + 1);
    }

    static <T> T one(RandomGenerator random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Different elements in random order. */
    static <T> List<T> distinct(RandomGenerator random, List<T> from, int count) {
        List<T> rest = new ArrayList<>(from);
        List<T> drawn = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            drawn.add(rest.remove(random.nextInt(rest.size())));
        }
        return drawn;
    }

    /** Different elements in random order, from one to a third of them (but at least one) from the rarer ones. */
    static <T> List<T> withSomeRarer(RandomGenerator random, List<T> from, List<T> rarer, int count) {
        int unusual = between(random, 1, Math.max(1, count / 3));
        List<T> drawn = new ArrayList<>(distinct(random, from, count - unusual));
        drawn.addAll(distinct(random, rarer, unusual));
        return shuffled(random, drawn);
    }

    static <T> List<T> shuffled(RandomGenerator random, List<T> from) {
        return distinct(random, from, from.size());
    }

    /** Draws again until the wish is met. */
    static <T> T until(Predicate<? super T> wish, Supplier<T> draw) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            T drawn = draw.get();
            if (wish.test(drawn)) {
                return drawn;
            }
        }
        throw new IllegalStateException(
                "no draw met the wish in " + MAX_ATTEMPTS + " attempts; the shape is too narrow");
    }
}
