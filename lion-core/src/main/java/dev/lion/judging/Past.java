package dev.lion.judging;

import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.Provenance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The last gap of every instruction that was judged in an earlier iteration. */
public final class Past {
    private final int iteration;
    private final Map<String, Gap> last;

    private Past(int iteration, Map<String, Gap> last) {
        this.iteration = iteration;
        this.last = last;
    }

    private record Gap(int iteration, float gap) {}

    /** Nothing was judged before. */
    public static Past none() {
        return new Past(1, Map.of());
    }

    /** What was judged before an iteration, read from the judgements of each one before it, from 1. */
    public static Past before(int iteration, IntFunction<List<Judgement>> judgements) {
        Map<String, Gap> last = new HashMap<>();
        for (int earlier = 1; earlier < iteration; earlier++) {
            for (Judgement judgement : judgements.apply(earlier)) {
                int in = earlier;
                judgement.gap().ifPresent(gap -> last.put(judgement.instructionId(), new Gap(in, (float) gap)));
            }
        }
        return new Past(iteration, last);
    }

    /** How much a past gap has to do with the next one. */
    enum Source {
        /** The instruction's own, of the iteration before. */
        OWN,
        /** The instruction's own, of an earlier iteration: it was not judged since. */
        OWN_EARLIER,
        /** Its parent's. */
        PARENT,
        /** There is none. */
        NONE
    }

    /**
     * What is known of an instruction beforehand.
     *
     * @param gap 0 when there is none
     */
    record Standing(Source source, double gap) {}

    Standing of(Instruction instruction) {
        Gap own = last.get(instruction.id());
        if (own != null) {
            return new Standing(own.iteration() == iteration - 1 ? Source.OWN : Source.OWN_EARLIER, own.gap());
        }
        return parent(instruction)
                .map(gap -> new Standing(Source.PARENT, gap.gap()))
                .orElseGet(() -> new Standing(Source.NONE, 0));
    }

    private Optional<Gap> parent(Instruction instruction) {
        return instruction.provenance() instanceof Provenance.Generated made
                ? Optional.ofNullable(last.get(made.parentId()))
                : Optional.empty();
    }

    boolean isEmpty() {
        return last.isEmpty();
    }
}
