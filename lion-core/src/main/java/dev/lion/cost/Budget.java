package dev.lion.cost;

import dev.lion.data.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * How much the calls of teacher, referee and generator may take in a whole run, all its sittings together; without a limit
 * by default. A run that reaches a limit stops
 * cleanly, and continues under a larger budget.
 *
 * <p>Money, tokens and calls are hard: before an attempt is made, the most that it may take is set aside, and it is made
 * only if that fits, however many are in flight. Time is looked at before each attempt and between training steps, so what
 * is under way then still ends.
 *
 * @param money the most that calls may cost; needs a price of every role
 * @param tokens the most tokens, read and written together
 * @param calls the most attempts, those that fail included
 * @param time the longest that all stages may take on the clock, pauses between sittings left out
 */
public record Budget(Optional<Money> money, OptionalLong tokens, OptionalLong calls, Optional<Duration> time) {
    /** @throws IllegalArgumentException naming every limit that is not above zero */
    public Budget {
        List<String> faults = new ArrayList<>();
        money.filter(limit -> !limit.exceeds(Money.ZERO))
                .ifPresent(limit -> faults.add("a budget of money must be above 0, but is " + limit));
        requirePositive("tokens", tokens, faults);
        requirePositive("calls", calls, faults);
        time.filter(limit -> limit.isZero() || limit.isNegative())
                .ifPresent(limit -> faults.add("a budget of time must be above 0, but is " + limit));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    private static void requirePositive(String what, OptionalLong limit, List<String> faults) {
        if (limit.isPresent() && limit.getAsLong() < 1) {
            faults.add("a budget of " + what + " must be 1 or more, but is " + limit.getAsLong());
        }
    }

    /** No limit. */
    public static Budget unlimited() {
        return new Budget(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** At most so many US dollars. */
    public static Budget ofDollars(double dollars) {
        return unlimited().withMoney(Money.ofDollars(dollars));
    }

    /** At most so many tokens. */
    public static Budget ofTokens(long tokens) {
        return unlimited().withTokens(tokens);
    }

    /** At most so many calls. */
    public static Budget ofCalls(long calls) {
        return unlimited().withCalls(calls);
    }

    /** At most so long. */
    public static Budget ofTime(Duration time) {
        return unlimited().withTime(time);
    }

    /** This budget with another limit on money. */
    public Budget withMoney(Money limit) {
        return new Budget(Optional.of(limit), tokens, calls, time);
    }

    /** This budget with another limit on tokens. */
    public Budget withTokens(long limit) {
        return new Budget(money, OptionalLong.of(limit), calls, time);
    }

    /** This budget with another limit on calls. */
    public Budget withCalls(long limit) {
        return new Budget(money, tokens, OptionalLong.of(limit), time);
    }

    /** This budget with another limit on time. */
    public Budget withTime(Duration limit) {
        return new Budget(money, tokens, calls, Optional.of(limit));
    }

    /** Whether attempts are reserved, as anything but time is limited. */
    public boolean limitsCalls() {
        return needsBounds() || calls.isPresent();
    }

    /** Whether the most tokens of an attempt must be known, as money or tokens are limited. */
    public boolean needsBounds() {
        return money.isPresent() || tokens.isPresent();
    }

    @Override
    public String toString() {
        StringJoiner limits = new StringJoiner(", ");
        limits.setEmptyValue("unlimited");
        money.ifPresent(limit -> limits.add(limit.toString()));
        tokens.ifPresent(limit -> limits.add(Words.count(limit, "token")));
        calls.ifPresent(limit -> limits.add(Words.count(limit, "call")));
        time.ifPresent(limit -> limits.add(Words.duration(limit)));
        return limits.toString();
    }
}
