package dev.lion.novelty;

import dev.lion.data.Instruction;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides whether a generated instruction is new with respect to all that were added before. The loop fills one with the
 * Cache Pool at the start of each generation and adds what it accepts; it uses it from one thread. Indexes that were filled
 * alike decide alike, so that a run that is resumed ends as one that was not. Instructions may hold anything.
 */
public interface NoveltyIndex {
    /** Adds an instruction that later ones are compared with. */
    void add(Instruction instruction);

    /**
     * The most similar instruction added so far, if it is too similar for {@code candidate} to count as new. Asking changes
     * nothing.
     */
    Optional<Match> nearDuplicateOf(Instruction candidate);

    /** Whether {@code candidate} counts as new. */
    default boolean accepts(Instruction candidate) {
        return nearDuplicateOf(candidate).isEmpty();
    }

    /**
     * The rule and its threshold in a few words, the same for every index of a kind, full or empty; a run is only continued
     * under the same description.
     */
    String description();

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
