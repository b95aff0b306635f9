package dev.lion.strategy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What the student is trained on in an iteration: by default the new instructions alone, as in the paper ({@link
 * #replace()}). The first imitation is always that of the seeds.
 */
@FunctionalInterface
public interface TrainPoolRule {
    /**
     * The Train Pool of an iteration that brought new instructions. What the teacher answered before is not asked again.
     *
     * @return some of {@link History#all()}; when it is empty, the run ends as exhausted
     */
    InstructionPool trainPool(History history);

    /**
     * How this rule is called in the run's manifest, with its parameters; "custom" by default. A run is only continued under
     * the same description, so a rule of your own should have one.
     */
    default String description() {
        return "custom";
    }

    /** The new instructions only (paper, section 3.3). */
    static TrainPoolRule replace() {
        return TrainPools.REPLACE;
    }

    /** The seeds and everything that was generated, as LLM2LLM has it; the pool grows with every iteration. */
    static TrainPoolRule accumulate() {
        return TrainPools.ACCUMULATE;
    }

    /**
     * Some earlier instructions, drawn at random, each at most once, and the new ones.
     *
     * @param share earlier instructions for each new one, above 0; 0.3 is three earlier to ten new. When there are not as
     *     many, all of them
     */
    static TrainPoolRule replay(double share) {
        return new TrainPools.Replay(share);
    }

    /**
     * All instructions of a run.
     *
     * @param seeds what the run began with
     * @param generated what each iteration accepted, in order, from iteration 1 to the present one; at least one
     * @param randomSeed where the choice takes its randomness from; differs between iterations
     */
    record History(InstructionPool seeds, List<List<Instruction>> generated, long randomSeed) {
        public History {
            Objects.requireNonNull(seeds, "seeds");
            generated = generated.stream().map(List::copyOf).toList();
            if (generated.isEmpty()) {
                throw new IllegalArgumentException("there must be at least one iteration");
            }
        }

        /** The present iteration, from 1. */
        public int iteration() {
            return generated.size();
        }

        /** What the present iteration accepted. */
        public List<Instruction> latest() {
            return generated.get(generated.size() - 1);
        }

        /** The seeds and what earlier iterations accepted, in order. */
        public List<Instruction> earlier() {
            List<Instruction> earlier = new ArrayList<>(seeds.instructions());
            generated.subList(0, generated.size() - 1).forEach(earlier::addAll);
            return Collections.unmodifiableList(earlier);
        }

        /** The earlier and the latest, in order. */
        public List<Instruction> all() {
            List<Instruction> all = new ArrayList<>(earlier());
            all.addAll(latest());
            return Collections.unmodifiableList(all);
        }
    }
}
