package dev.lion.strategy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.strategy.TrainPoolRule.History;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** The built-in rules for the Train Pool. */
final class TrainPools {
    static final TrainPoolRule REPLACE = new Named("replace", history -> InstructionPool.of(history.latest()));
    static final TrainPoolRule ACCUMULATE = new Named("accumulate", history -> InstructionPool.of(history.all()));

    private TrainPools() {}

    private record Named(String description, Function<History, InstructionPool> rule) implements TrainPoolRule {
        @Override
        public InstructionPool trainPool(History history) {
            return rule.apply(history);
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /** The earlier ones keep their order, so that the pool does not depend on the order in which they were drawn. */
    record Replay(double share) implements TrainPoolRule {
        Replay {
            if (!(share > 0 && share < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "the share of earlier instructions must be above 0, but is " + share);
            }
        }

        @Override
        public InstructionPool trainPool(History history) {
            List<Instruction> earlier = history.earlier();
            long wanted = Math.round(share * history.latest().size());
            BitSet drawn = draw((int) Math.min(wanted, earlier.size()), earlier.size(), history.randomSeed());
            List<Instruction> pool = new ArrayList<>();
            drawn.stream().mapToObj(earlier::get).forEach(pool::add);
            pool.addAll(history.latest());
            return InstructionPool.of(pool);
        }

        // R. Floyd: as many draws as are wanted, however many there are to choose from
        private static BitSet draw(int wanted, int all, long randomSeed) {
            Random random = new Random(randomSeed);
            BitSet drawn = new BitSet(all);
            for (int last = all - wanted; last < all; last++) {
                int candidate = random.nextInt(last + 1);
                drawn.set(drawn.get(candidate) ? last : candidate);
            }
            return drawn;
        }

        @Override
        public String description() {
            return "replay " + share;
        }

        @Override
        public String toString() {
            return description();
        }
    }
}
