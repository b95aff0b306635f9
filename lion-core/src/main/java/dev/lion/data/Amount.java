package dev.lion.data;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What calls took.
 *
 * @param calls attempts, those that failed and were repeated included; zero or more
 * @param tokens read and written
 * @param money what they cost; empty when no price is known. Of a sum it is the part whose price is known
 * @param failed how many of the calls failed; at most as many as there are
 */
public record Amount(long calls, TokenUsage tokens, Optional<Money> money, long failed) {
    /** Nothing. */
    public static final Amount NONE = new Amount(0, TokenUsage.NONE, Optional.empty());

    public Amount {
        if (calls < 0) {
            throw new IllegalArgumentException("a number of calls must not be negative, but is " + calls);
        }
        if (failed < 0 || failed > calls) {
            throw new IllegalArgumentException("of " + calls + " calls, " + failed + " cannot have failed");
        }
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(money, "money");
    }

    /** What calls took of which none is known to have failed. */
    public Amount(long calls, TokenUsage tokens, Optional<Money> money) {
        this(calls, tokens, money, 0);
    }

    /** The same, taken by calls that all failed. */
    public Amount asFailed() {
        return new Amount(calls, tokens, money, calls);
    }

    /** The sum of both. */
    public Amount plus(Amount other) {
        Optional<Money> sum =
                Stream.concat(money.stream(), other.money.stream()).reduce(Money::plus);
        return new Amount(
                Math.addExact(calls, other.calls), tokens.plus(other.tokens), sum, Math.addExact(failed, other.failed));
    }

    /** The money, none where no price is known. */
    public Money knownMoney() {
        return money.orElse(Money.ZERO);
    }
}
