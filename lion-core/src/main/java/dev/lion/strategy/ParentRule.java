package dev.lion.strategy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

/**
 * Which instructions the generator starts from: by default each of a difficulty is as likely as any other, as in the paper
 * ({@link #uniform()}). An instruction may be drawn several times.
 */
@FunctionalInterface
public interface ParentRule {
    /** Prepares the draws of one difficulty in one iteration, so that a draw itself can be fast. */
    Draw over(Candidates candidates);

    /**
     * How this rule is called in the run's manifest, with its parameters; "custom" by default. A run is only continued under
     * the same description, so a rule of your own should have one.
     */
    default String description() {
        return "custom";
    }

    /** Each candidate is as likely as any other (paper, section 3.3). */
    static ParentRule uniform() {
        return ParentRules.UNIFORM;
    }

    /**
     * Each lineage is as likely as any other, however many descendants it has; within it, each candidate. A lineage is a seed
     * with all that was generated from it.
     */
    static ParentRule balancedByLineage() {
        return ParentRules.LINEAGE;
    }

    /**
     * Any instruction of the Cache Pool, whether it was found hard or easy: the loop without the referee's feedback, to compare
     * it with. What the generator is asked for stays as it is, so many of each difficulty.
     */
    static ParentRule undirected() {
        return ParentRules.UNDIRECTED;
    }

    /**
     * Each label is as likely as any other; within it, each candidate.
     *
     * @param name what the labels say, for the manifest: "task type"
     * @param label of an instruction, asked once for each candidate; equal for those of one kind
     */
    static ParentRule balancedBy(String name, Function<Instruction, String> label) {
        return new ParentRules.Balanced(name, candidates -> label);
    }

    /** Draws parents; as many as the generator is asked for. */
    @FunctionalInterface
    interface Draw {
        /** One of the candidates, or another of the Cache Pool; all chance comes from {@code random}. */
        Instruction next(Random random);
    }

    /**
     * What may become a parent.
     *
     * @param instructions the hard or the easy ones, in the order of the Cache Pool; at least one
     * @param cachePool all instructions that were judged, parents before their children
     */
    record Candidates(List<Instruction> instructions, InstructionPool cachePool) {
        public Candidates {
            instructions = List.copyOf(instructions);
            Objects.requireNonNull(cachePool, "cachePool");
            if (instructions.isEmpty()) {
                throw new IllegalArgumentException("there must be at least one candidate");
            }
        }
    }
}
