package dev.lion.novelty;

import dev.lion.data.Instruction;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides whether a generated instruction is new with respect to all that were added before. The loop fills one with the
 * Cache Pool at the start of each generation and adds what it accepts; it uses it from one thread. What an index answers must
 * follow from its description, the instructions added and their order alone, since a continued run asks again. Instructions
 * may hold anything.
 */
public interface NoveltyIndex {
    /** Adds an instruction that later ones are compared with, at once; the same one may be added twice. */
    void add(Instruction instruction);

    /**
     * The most similar instruction added so far, of equally similar ones the first, if it is too similar for {@code
     * candidate} to count as new; empty when nothing was added. Asking changes nothing.
     */
    Optional<Match> nearDuplicateOf(Instruction candidate);

    /**
     * Whether {@code candidate} counts as new: true exactly when {@link #nearDuplicateOf} is empty. An index overrides it
     * when it can tell sooner.
     */
    default boolean accepts(Instruction candidate) {
        return nearDuplicateOf(candidate).isEmpty();
    }

    /**
     * The rule and its threshold in a few words, the same for every index of a kind, full or empty; a run is only continued
     * under the same description.
     */
    String description();

    /** An index that finds everything new: near-duplicates are not looked for. */
    static NoveltyIndex none() {
        return NoComparison.INSTANCE;
    }

    /**
     * An instruction of the index and how similar it is.
     *
     * @param instructionId its id
     * @param score the similarity, from 0 to 1
     */
    record Match(String instructionId, double score) {
        public Match {
            Objects.requireNonNull(instructionId, "instructionId");
        }
    }
}
