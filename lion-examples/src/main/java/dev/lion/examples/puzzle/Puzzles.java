package dev.lion.examples.puzzle;

import com.google.common.hash.Hashing;
import dev.lion.data.Instruction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The families and what is drawn from them. Equal counts and seeds give equal texts; seeds, held-out items and generated
 * texts come from different random streams, even for equal numbers.
 */
public final class Puzzles {
    /** Every family, in the order in which a text is tried on them. */
    public static final List<PuzzleFamily> FAMILIES = List.of(
            new BooleanExpressions(),
            new MultistepArithmetic(),
            new ObjectCounting(),
            new Navigate(),
            new WordSorting(),
            new DyckLanguages(),
            new WebOfLies(),
            new TrackingShuffledObjects(3),
            new TemporalSequences(),
            new ColoredObjects(),
            new LogicalDeduction(3),
            new DateUnderstanding(),
            new TrackingShuffledObjects(5),
            new TrackingShuffledObjects(7),
            new LogicalDeduction(5),
            new LogicalDeduction(7));

    /** The eight families that a student of a million parameters can learn in minutes: those with the shortest texts. */
    public static final List<PuzzleFamily> SEED_FAMILIES = FAMILIES.subList(0, 8);

    private static final int MAX_REPEATS = 10_000;

    private Puzzles() {}

    /** Small, distinct texts of {@link #SEED_FAMILIES}, as many of each (or one more), in mixed order. */
    public static List<Instruction> seeds(int count, long seed) {
        return seeds(SEED_FAMILIES, count, seed);
    }

    /** Small, distinct texts, as many of each family (or one more), in mixed order. */
    public static List<Instruction> seeds(List<PuzzleFamily> families, int count, long seed) {
        return draw(families, count, stream("seeds", seed), new HashSet<>(), item -> true).stream()
                .map(PuzzleItem::instruction)
                .toList();
    }

    /** Small, distinct texts, so many of each family, in mixed order. */
    public static List<Instruction> seeds(Map<PuzzleFamily, Integer> counts, long seed) {
        RandomGenerator random = stream("seeds", seed);
        Set<String> taken = new HashSet<>();
        List<PuzzleItem> items = new ArrayList<>();
        counts.forEach((family, count) -> {
            for (int i = 0; i < count; i++) {
                items.add(fresh(family, random, taken, item -> true));
            }
        });
        return Draw.shuffled(random, items).stream()
                .map(PuzzleItem::instruction)
                .toList();
    }

    /** Small items with their answers, as {@link #seeds} but none with a text of {@code pool}. */
    public static List<PuzzleItem> heldOut(int count, long seed, Collection<Instruction> pool) {
        return heldOut(SEED_FAMILIES, count, seed, pool);
    }

    /**
     * Small items of these families with their answers, none with a text of {@code pool}. Where the answer is one of a few
     * (an option, yes or no, true or false), each is the answer equally often, so that a guess earns chance and no more.
     */
    public static List<PuzzleItem> heldOut(
            List<PuzzleFamily> families, int count, long seed, Collection<Instruction> pool) {
        return draw(families, count, stream("held out", seed), texts(pool), new AnswerBalance()::hasRoomFor);
    }

    /** The texts of instructions: what {@link PuzzleGenerator} is told never to write. */
    public static Set<String> texts(Collection<Instruction> instructions) {
        return instructions.stream().map(Instruction::fullText).collect(Collectors.toCollection(HashSet::new));
    }

    /** The families that understand a text are one at most; empty when there is none. */
    static Optional<PuzzleFamily> familyOf(String text) {
        return FAMILIES.stream()
                .filter(family -> family.solve(text).isPresent())
                .findFirst();
    }

    /** The name of the family that understands an instruction; empty for what is no puzzle. */
    public static Optional<String> nameOfFamily(Instruction instruction) {
        return familyOf(instruction.fullText()).map(PuzzleFamily::name);
    }

    /** Random choices for one purpose. */
    static RandomGenerator stream(String purpose, long seed) {
        return new SplittableRandom(Hashing.murmur3_128()
                .newHasher()
                .putString(purpose, StandardCharsets.UTF_8)
                .putLong(seed)
                .hash()
                .asLong());
    }

    private static List<PuzzleItem> draw(
            List<PuzzleFamily> families,
            int count,
            RandomGenerator random,
            Set<String> taken,
            Predicate<PuzzleItem> wish) {
        if (families.isEmpty() || count < 0) {
            throw new IllegalArgumentException("puzzles need a family and a count of 0 or more, but got "
                    + families.size() + " families and the count " + count);
        }
        List<PuzzleItem> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(fresh(families.get(i % families.size()), random, taken, wish));
        }
        return Draw.shuffled(random, items);
    }

    private static PuzzleItem fresh(
            PuzzleFamily family, RandomGenerator random, Set<String> taken, Predicate<PuzzleItem> wish) {
        for (int attempt = 0; attempt < MAX_REPEATS; attempt++) {
            String text = family.compose(random, Size.SMALL);
            if (!taken.contains(text)) {
                var item = new PuzzleItem(
                        family.name(), Instruction.of(text), family.solve(text).orElseThrow());
                if (wish.test(item)) {
                    taken.add(text);
                    return item;
                }
            }
        }
        throw new IllegalArgumentException("the family " + family.name()
                + " has too few small texts for so many distinct ones; ask for fewer, or for more families");
    }
}
