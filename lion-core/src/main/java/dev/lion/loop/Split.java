package dev.lion.loop;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The judged instructions of the Cache Pool, parted by what was found (paper, equation 2).
 *
 * @param hard those that are hard, in pool order
 * @param easy the others, in pool order
 */
record Split(List<Instruction> hard, List<Instruction> easy) {
    /** Parts instructions as judgements on them come in, in pool order. */
    static final class Parting implements Consumer<Judgement> {
        private final InstructionPool cachePool;
        private final List<Instruction> hard = new ArrayList<>();
        private final List<Instruction> easy = new ArrayList<>();

        Parting(InstructionPool cachePool) {
            this.cachePool = cachePool;
        }

        @Override
        public void accept(Judgement judgement) {
            judgement
                    .finding()
                    .ifPresent(found -> (found.difficulty() == Difficulty.HARD ? hard : easy)
                            .add(cachePool.find(judgement.instructionId()).orElseThrow()));
        }

        Split split() {
            return new Split(List.copyOf(hard), List.copyOf(easy));
        }
    }

    static Split of(InstructionPool cachePool, List<Judgement> judgements) {
        Parting parting = new Parting(cachePool);
        judgements.forEach(parting);
        return parting.split();
    }

    boolean isEmpty() {
        return hard.isEmpty() && easy.isEmpty();
    }
}
