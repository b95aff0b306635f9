package dev.lion.evaluation;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.novelty.RougeLIndex;
import dev.lion.novelty.Tokenization;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which items of an evaluation the student may have seen: those that are as near to an instruction of a training pool as the
 * paper calls a near-duplicate (section 3.3). Immutable.
 *
 * <pre>{@code
 * Contamination seen = Contamination.of(questions, InstructionPool.of(run.instructions()), Contamination.USUAL_SCORE);
 * List<BenchmarkItem> unseen = seen.without(items, BenchmarkItem::instruction);
 * }</pre>
 */
public final class Contamination {
    /** The ROUGE-L score from which on two texts are near-duplicates, 0.7 (paper, section 3.3). */
    public static final double USUAL_SCORE = 0.7;

    private final int items;
    private final int pool;
    private final double leastScore;
    private final Map<String, Near> near;

    private Contamination(int items, int pool, double leastScore, Map<String, Near> near) {
        this.items = items;
        this.pool = pool;
        this.leastScore = leastScore;
        this.near = near;
    }

    /**
     * An item that is near to what was trained on.
     *
     * @param item of the evaluation
     * @param nearest the most similar instruction of the pool: the same one where it is there, else of equally similar ones
     *     the first
     * @param score their ROUGE-L score, up to 1, which other texts of the same words may have too
     */
    public record Near(Instruction item, Instruction nearest, double score) {
        /** Whether the pool has the very same instruction. */
        public boolean isSame() {
            return item.id().equals(nearest.id());
        }
    }

    /**
     * Compares each item with every instruction of the pool, in Unicode tokens, so that no language is left unguarded; the
     * scores are exact. Equal items are counted once.
     *
     * @param leastScore the least ROUGE-L score that is near, above 0 and at most 1
     */
    public static Contamination of(Collection<Instruction> items, InstructionPool pool, double leastScore) {
        if (!(leastScore > 0 && leastScore <= 1)) {
            throw new IllegalArgumentException("the least score must be above 0 and at most 1, but is " + leastScore);
        }
        RougeLIndex index = new RougeLIndex(Math.nextDown(leastScore), Tokenization.UNICODE); // it finds what is above
        pool.forEach(index::add);
        InstructionPool distinct = InstructionPool.of(items);
        Map<String, Near> near = new LinkedHashMap<>();
        for (Instruction item : distinct) {
            Optional<Near> same = pool.find(item.id()).map(it -> new Near(item, it, 1));
            same.or(() -> index.nearDuplicateOf(item)
                            .map(match -> new Near(
                                    item, pool.find(match.instructionId()).orElseThrow(), match.score())))
                    .ifPresent(found -> near.put(item.id(), found));
        }
        return new Contamination(distinct.size(), pool.size(), leastScore, near);
    }

    /** How many different items were looked at. */
    public int items() {
        return items;
    }

    /** How many instructions they were compared with. */
    public int pool() {
        return pool;
    }

    /** The least score that is near. */
    public double leastScore() {
        return leastScore;
    }

    /** The items that are near to one of the pool, in order. */
    public List<Near> near() {
        return List.copyOf(near.values());
    }

    /** How many of the near items are in the pool word for word. */
    public int same() {
        return (int) near.values().stream().filter(Near::isSame).count();
    }

    /** What an item is near to; empty when it is near to nothing. */
    public Optional<Near> nearestTo(Instruction item) {
        return Optional.ofNullable(near.get(item.id()));
    }

    /** Those that are near to nothing, in order. */
    public <T> List<T> without(List<T> of, Function<T, Instruction> instruction) {
        return without(of, instruction, near -> true);
    }

    /** Those that are not in the pool word for word, in order, however near. */
    public <T> List<T> withoutSame(List<T> of, Function<T, Instruction> instruction) {
        return without(of, instruction, Near::isSame);
    }

    private <T> List<T> without(List<T> of, Function<T, Instruction> instruction, Predicate<Near> seen) {
        return of.stream()
                .filter(each -> nearestTo(instruction.apply(each)).filter(seen).isEmpty())
                .toList();
    }
}
