package dev.lion.run;

import dev.lion.data.Amount;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A line of a run's ledger.
 *
 * @param kind what the amount means
 * @param attempt which attempt of this ledger a reservation is for, and a settlement ends; empty for sums, but for one that
 *     keeps the largest number, so that it is not given again
 * @param purpose what was paid for
 * @param amount how much
 */
public record SpendingEntry(Kind kind, OptionalLong attempt, Purpose purpose, Amount amount) {
    public SpendingEntry {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(amount, "amount");
        if ((kind == Kind.RESERVED || kind == Kind.HELD) && attempt.isEmpty()) {
            throw new IllegalArgumentException("a reservation needs the number of its attempt");
        }
    }

    /** What an amount means. */
    public enum Kind {
        /** What the run was expected to take, before it began. */
        ESTIMATED,
        /** The most that an attempt may take; written before it is made, void once it is settled. */
        RESERVED,
        /** The most that a batch may take; the same, but it stays so over all sittings until it is settled. */
        HELD,
        /** What was taken; takes the place of the attempt's reservation. */
        SPENT
    }

    /** A sum of what was taken. */
    public static SpendingEntry spent(Purpose purpose, Amount amount) {
        return new SpendingEntry(Kind.SPENT, OptionalLong.empty(), purpose, amount);
    }

    /** What is expected to be taken. */
    public static SpendingEntry estimated(Purpose purpose, Amount amount) {
        return new SpendingEntry(Kind.ESTIMATED, OptionalLong.empty(), purpose, amount);
    }
}
