package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The instructions that may be judged in an iteration, in pool order, with what is known of them beforehand. Positions are
 * counted from 0.
 */
public final class Docket {
    private final List<Instruction> instructions;
    private final Past past;
    private final ToLongFunction<Instruction> lots;

    /**
     * The instructions of an iteration.
     *
     * @param lots a random number for each instruction, always the same for the same one
     */
    public Docket(List<Instruction> instructions, Past past, ToLongFunction<Instruction> lots) {
        this.instructions = List.copyOf(instructions);
        this.past = past;
        this.lots = lots;
    }

    int size() {
        return instructions.size();
    }

    boolean hasPast() {
        return !past.isEmpty();
    }

    Past.Standing standing(int position) {
        return past.of(instructions.get(position));
    }

    long lot(int position) {
        return lots.applyAsLong(instructions.get(position));
    }

    /** The order to ask in first: either with equal chances, so that no position is favoured. */
    AnswerOrder firstOrder(int position) {
        return (lot(position) & 1) == 0 ? AnswerOrder.TEACHER_FIRST : AnswerOrder.STUDENT_FIRST;
    }

    /** One of so many parts of about equal size, counted from 0, by chance. */
    int part(int position, int parts) {
        return (int) Math.floorMod(StratifiedDraw.mix(lot(position)), (long) parts);
    }

    /**
     * The group of an instruction in a stratified draw.
     *
     * @param origin seed, or from a hard or an easy parent in some iteration
     * @param source where the last gap is from
     * @param gap the last gap in steps of one point
     */
    record Stratum(long origin, Past.Source source, long gap) implements Comparable<Stratum> {
        private static final Comparator<Stratum> ORDER = Comparator.comparingLong(Stratum::origin)
                .thenComparing(Stratum::source)
                .thenComparingLong(Stratum::gap);

        @Override
        public int compareTo(Stratum other) {
            return ORDER.compare(this, other);
        }
    }

    Stratum stratum(int position) {
        Past.Standing standing = standing(position);
        return new Stratum(origin(instructions.get(position)), standing.source(), Math.round(standing.gap()));
    }

    private static long origin(Instruction instruction) {
        return instruction.provenance() instanceof Provenance.Generated made
                ? 2L * made.iteration() + (made.difficulty() == Difficulty.HARD ? 1 : 0)
                : 0;
    }
}
