package dev.lion.loop;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import java.util.ArrayList;
import java.util.List;

/**
 * The judged instructions of the Cache Pool, parted by what was found (paper, equation 2).
 *
 * @param hard those that are hard, in pool order
 * @param easy the others, in pool order
 */
record Split(List<Instruction> hard, List<Instruction> easy) {
    static Split of(InstructionPool cachePool, List<Judgement> judgements) {
        List<Instruction> hard = new ArrayList<>();
        List<Instruction> easy = new ArrayList<>();
        for (Judgement judgement : judgements) {
            judgement
                    .finding()
                    .ifPresent(found -> (found.difficulty() == Difficulty.HARD ? hard : easy)
                            .add(cachePool.find(judgement.instructionId()).orElseThrow()));
        }
        return new Split(List.copyOf(hard), List.copyOf(easy));
    }

    boolean isEmpty() {
        return hard.isEmpty() && easy.isEmpty();
    }
}
