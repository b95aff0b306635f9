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
     * @param nearest the most similar instruction of the pool, of equally similar ones the first
     * @param score their ROUGE-L score, up to 1
     */
    public record Near(Instruction item, Instruction nearest, double score) {}

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
            index.nearDuplicateOf(item)
                    .ifPresent(match -> near.put(
                            item.id(),
                            new Near(item, pool.find(match.instructionId()).orElseThrow(), match.score())));
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

    /** What an item is near to; empty when it is near to nothing. */
    public Optional<Near> nearestTo(Instruction item) {
        return Optional.ofNullable(near.get(item.id()));
    }

    /** Those that are near to nothing, in order. */
    public <T> List<T> without(List<T> of, Function<T, Instruction> instruction) {
        return of.stream()
                .filter(each -> nearestTo(instruction.apply(each)).isEmpty())
                .toList();
    }
}
