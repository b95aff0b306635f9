package dev.lion.cost;

import dev.lion.data.Amount;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.run.Purpose;
import dev.lion.run.SpendingEntry;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a run, or the rest of one, is likely to take, before anything is spent.
 *
 * @param lines by purpose, in the order of the loop
 * @param low the shortest likely time
 * @param expected the likeliest time
 * @param high the longest likely time
 * @param assumptions what the figures rest on, a sentence each
 */
public record CostEstimate(List<Line> lines, Duration low, Duration expected, Duration high, List<String> assumptions) {
    public CostEstimate {
        lines = List.copyOf(lines);
        assumptions = List.copyOf(assumptions);
    }

    /**
     * What the calls for one purpose take.
     *
     * @param purpose what for
     * @param low the least that is likely
     * @param expected the likeliest
     * @param high the most that is likely
     */
    public record Line(Purpose purpose, Amount low, Amount expected, Amount high) {}

    /**
     * Prices planned calls.
     *
     * @param plan all calls
     * @param prices what tokens cost; money stays unknown where a price is
     * @param concurrentCalls how many calls are made at the same time
     * @param studentItems how many instructions the student answers or learns, all together
     * @param assumptions what is taken for granted
     * @param notes further assumptions, a sentence each
     */
    public static CostEstimate of(
            List<PlannedCalls> plan,
            Prices prices,
            int concurrentCalls,
            double studentItems,
            Assumptions assumptions,
            List<String> notes) {
        List<Line> lines =
                plan.stream().map(planned -> line(planned, prices, assumptions)).toList();
        Range calls = plan.stream()
                .filter(planned -> planned.batchPrice().isEmpty())
                .map(PlannedCalls::calls)
                .reduce(Range.NONE, Range::plus);
        Range seconds = seconds(calls.times(assumptions.attemptsPerCall()), concurrentCalls, assumptions)
                .plus(Range.of(
                        studentItems * assumptions.studentSecondsPerItem().orElse(0)));
        return new CostEstimate(
                lines,
                duration(seconds.low()),
                duration(seconds.expected()),
                duration(seconds.high()),
                Stream.concat(assumptions.describe().stream(), notes.stream()).toList());
    }

    private static Line line(PlannedCalls planned, Prices prices, Assumptions assumptions) {
        Range calls = planned.calls().times(assumptions.attemptsPerCall());
        Range input = calls.times(planned.inputTokens());
        Range output = calls.times(planned.outputTokens());
        PaidRole role = planned.purpose().role();
        Function<Function<Range, Double>, Amount> amount = end -> prices.amount(
                role,
                Math.round(end.apply(calls)),
                new TokenUsage(Math.round(end.apply(input)), Math.round(end.apply(output))),
                planned.batchPrice().orElse(1));
        return new Line(
                planned.purpose(), amount.apply(Range::low), amount.apply(Range::expected), amount.apply(Range::high));
    }

    /** The provider's rate or the calls' own time, whatever is slower. */
    private static Range seconds(Range attempts, int concurrentCalls, Assumptions assumptions) {
        Range own = attempts.times(assumptions.secondsPerCall()).times(1.0 / concurrentCalls);
        if (assumptions.callsPerMinute().isEmpty()) {
            return own;
        }
        Range atRate = attempts.times(60.0 / assumptions.callsPerMinute().getAsInt());
        return new Range(
                Math.max(own.low(), atRate.low()),
                Math.max(own.expected(), atRate.expected()),
                Math.max(own.high(), atRate.high()));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** The least that is likely for purposes of a kind. */
    public Amount low(Predicate<Purpose> wanted) {
        return sum(wanted, Line::low);
    }

    /** The likeliest for purposes of a kind. */
    public Amount expected(Predicate<Purpose> wanted) {
        return sum(wanted, Line::expected);
    }

    /** The most that is likely for purposes of a kind. */
    public Amount high(Predicate<Purpose> wanted) {
        return sum(wanted, Line::high);
    }

    private Amount sum(Predicate<Purpose> wanted, Function<Line, Amount> part) {
        return lines.stream()
                .filter(line -> wanted.test(line.purpose()))
                .map(part)
                .reduce(Amount.NONE, Amount::plus);
    }

    /** The likeliest amounts as lines of a run's ledger. */
    public List<SpendingEntry> entries() {
        return lines.stream()
                .filter(line -> line.expected().calls() > 0)
                .map(line -> SpendingEntry.estimated(line.purpose(), line.expected()))
                .toList();
    }

    /** A table for people, with the assumptions beneath it. */
    @Override
    public String toString() {
        return new EstimateTable(this).text();
    }
}
