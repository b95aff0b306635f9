package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What is asked in one discrimination, round by round: first the audit, then what is learnt from it to be worth asking,
 * then the second orders of what that left open. What a round asks depends on the docket and on the answers to the rounds
 * before, never on their arrival. For one thread.
 */
public final class Inquiry {
    private static final long AUDIT = 0x6175646974L;
    private static final long SAMPLE = 0x73616D706C65L;

    private final Judging judging;
    private final HardRule rule;
    private final Docket docket;
    private final BitSet considered;
    private final BitSet audit;
    private final Questions asked = new Questions();
    private Optional<Policy> policy = Optional.empty();
    private int rounds;

    /** An inquiry that has asked nothing yet. */
    public Inquiry(Judging judging, HardRule rule, Docket docket) {
        this.judging = judging;
        this.rule = rule;
        this.docket = docket;
        this.considered = drawConsidered();
        this.audit = drawAudit();
    }

    private BitSet drawConsidered() {
        BitSet all = new BitSet();
        all.set(0, docket.size());
        boolean samples = judging.selection() instanceof Selection.Stratified
                && judging.audit().isWorthwhile(docket.size());
        return samples ? StratifiedDraw.draw(docket, all, sampleSize(), SAMPLE) : all;
    }

    private int sampleSize() {
        return judging.selection() instanceof Selection.Stratified stratified
                ? Math.max(judging.audit().least(), (int) Math.round(stratified.share() * docket.size()))
                : docket.size();
    }

    // what is judged in both orders in any case: all of it, where an audit would save nothing
    private BitSet drawAudit() {
        int size = considered.cardinality();
        boolean whole = judging.secondOrder() instanceof SecondOrder.Always
                && !(judging.selection() instanceof Selection.LikelyHard && docket.hasPast());
        return whole || !judging.audit().isWorthwhile(size)
                ? considered
                : StratifiedDraw.draw(docket, considered, judging.audit().size(size), AUDIT);
    }

    /** The questions of the next round; empty when all is asked. Those of the round before must be answered. */
    public Optional<Questions> next(Advantages advantages) {
        while (rounds < 3) {
            Questions round = switch (rounds++) {
                case 0 -> opening();
                case 1 -> selected(advantages);
                default -> open(advantages);
            };
            if (round.size() > 0) {
                asked.addAll(round);
                return Optional.of(round);
            }
        }
        return Optional.empty();
    }

    private Questions opening() {
        if (audit.cardinality() == docket.size()) {
            return Questions.inBothOrders(docket.size());
        }
        Questions round = new Questions();
        audit.stream().forEach(round::addBoth);
        return round;
    }

    private Questions selected(Advantages advantages) {
        Questions round = new Questions();
        if (audit.cardinality() < considered.cardinality()) {
            Policy learnt = new Policy(judging, docket, considered, range(advantages), audited(advantages));
            policy = Optional.of(learnt);
            remaining(learnt).forEach(position -> {
                if (judging.secondOrder() instanceof SecondOrder.Always) {
                    round.addBoth(position);
                } else {
                    round.add(position, docket.firstOrder(position));
                }
            });
        }
        return round;
    }

    private IntStream remaining(Policy learnt) {
        return learnt.selected().stream().filter(position -> !audit.get(position));
    }

    private Questions open(Advantages advantages) {
        Questions round = new Questions();
        policy.ifPresent(learnt -> remaining(learnt)
                .filter(position -> !asked.containsBoth(position))
                .forEach(position -> {
                    AnswerOrder order = docket.firstOrder(position);
                    OptionalDouble first = advantages.of(position, order);
                    if (first.isPresent()
                            && learnt.decide(position, order, first.getAsDouble())
                                    .isEmpty()) {
                        round.add(position, order.exchanged());
                    }
                }));
        return round;
    }

    /** What the answers come to, once there is no further round. */
    public Assessment assess(Advantages advantages) {
        return new Assessment(this, advantages);
    }

    GapRange range(Advantages advantages) {
        return rule.range(audit.stream()
                .mapToObj(position -> both(position, advantages))
                .flatMapToDouble(both ->
                        both.map(b -> judging.aggregation().gap(b[0], b[1])).orElseGet(OptionalDouble::empty).stream())
                .sorted()
                .toArray());
    }

    List<Audited> audited(Advantages advantages) {
        GapRange range = range(advantages);
        List<Audited> audited = new ArrayList<>();
        audit.stream()
                .forEach(position -> both(position, advantages)
                        .ifPresent(b -> audited.add(Audited.of(position, b[0], b[1], judging.aggregation(), range))));
        return audited;
    }

    /** The advantages in both orders, the teacher first one first; empty when one is missing. */
    static Optional<double[]> both(int position, Advantages advantages) {
        OptionalDouble a = advantages.of(position, AnswerOrder.TEACHER_FIRST);
        OptionalDouble b = advantages.of(position, AnswerOrder.STUDENT_FIRST);
        return a.isPresent() && b.isPresent()
                ? Optional.of(new double[] {a.getAsDouble(), b.getAsDouble()})
                : Optional.empty();
    }

    Judging judging() {
        return judging;
    }

    Docket docket() {
        return docket;
    }

    /** The instructions that may be judged: all, or a sample. */
    BitSet considered() {
        return considered;
    }

    BitSet audit() {
        return audit;
    }

    Questions asked() {
        return asked;
    }

    Optional<Policy> policy() {
        return policy;
    }
}
