package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeds with known verdicts: whole points, with noise, and a bonus for the answer shown first. The same for a seed. */
final class SyntheticPool {
    private static final double BONUS = 0.8;

    private final long seed;
    private final List<Instruction> instructions;
    private final double[] gaps;
    private final double[][] advantages = new double[2][];

    SyntheticPool(int size, long seed) {
        this.seed = seed;
        this.instructions = IntStream.range(0, size)
                .mapToObj(i -> Instruction.of("seed " + i))
                .toList();
        Random random = new Random(seed);
        this.gaps = random.doubles(size, -1.5, 3).toArray();
        speak(random);
    }

    // one decimal is lost to rounding, the rest to noise
    private void speak(Random random) {
        for (int order = 0; order < 2; order++) {
            double bonus = order == 0 ? BONUS : -BONUS;
            advantages[order] = IntStream.range(0, gaps.length)
                    .mapToDouble(i -> Math.rint(gaps[i] + bonus + 0.6 * random.nextGaussian()))
                    .toArray();
        }
    }

    /** The student has learnt a little, and the referee speaks anew. */
    void advance() {
        Random random = new Random(seed + 1);
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = 0.9 * gaps[i] + 0.3 * random.nextGaussian();
        }
        speak(random);
    }

    OptionalDouble advantage(int position, AnswerOrder order) {
        return OptionalDouble.of(advantages[order == AnswerOrder.TEACHER_FIRST ? 0 : 1][position]);
    }

    boolean isHard(int position) {
        return (advantages[0][position] + advantages[1][position]) / 2 >= 1;
    }

    int size() {
        return instructions.size();
    }

    Docket docket(Past past) {
        return new Docket(instructions, past, i -> StratifiedDraw.mix(seed ^ StratifiedDraw.mix(i.id().hashCode())));
    }

    /** The gaps that full judging finds now, as the past of the second iteration. */
    Past past() {
        Assessment full = ask(Judging.paper(), Past.none(), this::advantage).assess(this::advantage);
        List<Judgement> judgements = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            judgements.add(
                    new Judgement(instructions.get(i).id(), Optional.empty(), Optional.empty(), full.finding(i)));
        }
        return Past.before(2, iteration -> judgements);
    }

    Inquiry ask(Judging judging, Past past, Advantages answers) {
        return ask(judging, HardRule.gap(1), past, answers);
    }

    Inquiry ask(Judging judging, HardRule rule, Past past, Advantages answers) {
        Inquiry inquiry = new Inquiry(judging, rule, docket(past));
        Optional<Questions> round = inquiry.next(answers);
        while (round.isPresent()) {
            round = inquiry.next(answers);
        }
        return inquiry;
    }
}
