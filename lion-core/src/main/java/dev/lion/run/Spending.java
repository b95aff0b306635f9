package dev.lion.run;

import dev.lion.data.Amount;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.run.SpendingEntry.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a run has spent. An attempt that was reserved and never settled, as its process was killed, counts with all that
 * was reserved, since it may have been charged; so does a batch while it goes on. Immutable.
 */
public final class Spending {
    private final List<SpendingEntry> spent;
    private final List<SpendingEntry> settled;
    private final List<SpendingEntry> held;
    private final List<SpendingEntry> estimated;
    private final long nextAttempt;

    private Spending(
            List<SpendingEntry> settled, List<SpendingEntry> held, List<SpendingEntry> estimated, long nextAttempt) {
        List<SpendingEntry> all = new ArrayList<>(settled);
        all.addAll(held);
        this.spent = sums(all, Kind.SPENT);
        this.settled = sums(settled, Kind.SPENT);
        this.held = List.copyOf(held);
        this.estimated = sums(estimated, Kind.ESTIMATED);
        this.nextAttempt = nextAttempt;
    }

    /** The sums of a ledger's lines. */
    public static Spending of(Collection<SpendingEntry> lines) {
        Map<Long, SpendingEntry> reserved = new TreeMap<>();
        List<SpendingEntry> spent = new ArrayList<>();
        List<SpendingEntry> estimated = new ArrayList<>();
        long next = 0;
        for (SpendingEntry line : lines) {
            next = Math.max(next, line.attempt().orElse(-1) + 1);
            switch (line.kind()) {
                case ESTIMATED -> estimated.add(line);
                case RESERVED, HELD -> reserved.put(line.attempt().orElseThrow(), line);
                case SPENT -> {
                    line.attempt().ifPresent(reserved::remove);
                    spent.add(line);
                }
            }
        }
        Map<Boolean, List<SpendingEntry>> unsettled =
                reserved.values().stream().collect(Collectors.partitioningBy(line -> line.kind() == Kind.HELD));
        spent.addAll(Objects.requireNonNull(unsettled.get(false)));
        return new Spending(spent, Objects.requireNonNull(unsettled.get(true)), estimated, next);
    }

    /** One line for each purpose, or two when only a part has a price. */
    private static List<SpendingEntry> sums(List<SpendingEntry> lines, Kind kind) {
        List<SpendingEntry> sums = new ArrayList<>();
        for (boolean priced : List.of(true, false)) {
            Map<Purpose, Amount> amounts = new TreeMap<>();
            lines.stream()
                    .filter(line -> line.amount().money().isPresent() == priced)
                    .forEach(line -> amounts.merge(line.purpose(), line.amount(), Amount::plus));
            amounts.forEach((purpose, amount) -> sums.add(
                    kind == Kind.SPENT
                            ? SpendingEntry.spent(purpose, amount)
                            : SpendingEntry.estimated(purpose, amount)));
        }
        return List.copyOf(sums);
    }

    /** What was spent: a line for each purpose, and one more for the part of it whose price was not known. */
    public List<SpendingEntry> spent() {
        return spent;
    }

    /** The same without what is set aside for batches that go on. */
    public List<SpendingEntry> settled() {
        return settled;
    }

    /** What is set aside for batches that go on, a line for each. */
    public List<SpendingEntry> held() {
        return held;
    }

    /** The number after the largest that an attempt or a batch has had, settled or not; from 0. */
    public long nextAttempt() {
        return nextAttempt;
    }

    /** What the run was expected to spend, when an estimate was made at its begin; else nothing. */
    public List<SpendingEntry> estimated() {
        return estimated;
    }

    /** Everything that was spent. */
    public Amount total() {
        return total(purpose -> true);
    }

    /** What was spent on one role. */
    public Amount total(PaidRole role) {
        return total(purpose -> purpose.role() == role);
    }

    /** What was spent on purposes of a kind. */
    public Amount total(Predicate<Purpose> wanted) {
        return sum(spent, wanted);
    }

    /** What purposes of a kind were expected to cost. */
    public Amount expected(Predicate<Purpose> wanted) {
        return sum(estimated, wanted);
    }

    private static Amount sum(List<SpendingEntry> lines, Predicate<Purpose> wanted) {
        return lines.stream()
                .filter(line -> wanted.test(line.purpose()))
                .map(SpendingEntry::amount)
                .reduce(Amount.NONE, Amount::plus);
    }

    /** Tokens that were spent while no price was known. */
    public TokenUsage unpriced() {
        return spent.stream()
                .map(SpendingEntry::amount)
                .filter(amount -> amount.money().isEmpty())
                .map(Amount::tokens)
                .reduce(TokenUsage.NONE, TokenUsage::plus);
    }
}
