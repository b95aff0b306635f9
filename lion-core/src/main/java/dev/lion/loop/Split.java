package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import dev.lion.run.IterationSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * The judged instructions of the Cache Pool, parted by the gap (paper, equation 2).
 *
 * @param hard gap at or above τ, in pool order
 * @param easy gap below τ, in pool order
 */
record Split(List<Instruction> hard, List<Instruction> easy) {
    static Split of(InstructionPool cachePool, List<Judgement> judgements, double hardGap) {
        List<Instruction> hard = new ArrayList<>();
        List<Instruction> easy = new ArrayList<>();
        for (Judgement judgement : judgements) {
            judgement
                    .gap()
                    .ifPresent(gap -> (gap >= hardGap ? hard : easy)
                            .add(cachePool.find(judgement.instructionId()).orElseThrow()));
        }
        return new Split(List.copyOf(hard), List.copyOf(easy));
    }

    IterationSummary.Discrimination summary(int cachePool, List<Judgement> judgements) {
        return new IterationSummary.Discrimination(
                hard.size(),
                easy.size(),
                cachePool - hard.size() - easy.size(),
                judgements.stream()
                        .flatMapToDouble(judgement -> judgement.teacherScore().stream())
                        .average()
                        .orElseThrow(),
                judgements.stream()
                        .flatMapToDouble(judgement -> judgement.studentScore().stream())
                        .average()
                        .orElseThrow());
    }
}
