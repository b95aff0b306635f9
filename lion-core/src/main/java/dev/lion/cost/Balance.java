package dev.lion.cost;

import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.TokenUsage;
import java.util.List;
import java.util.stream.Collectors;

/** What is spent and set aside, against the limits of a budget. Not for several threads at once. */
final class Balance {
    private final List<Limit> limits;
    private Amount spent;
    private Amount reserved = Amount.NONE;
    private int inFlight;

    Balance(Budget budget, Amount spent) {
        this.limits = Limit.of(budget);
        this.spent = spent;
    }

    /** What is spent for sure. */
    Amount spent() {
        return spent;
    }

    /** Spent and set aside: the most that can have been spent when everything in flight has ended. */
    Amount committed() {
        return spent.plus(reserved);
    }

    int inFlight() {
        return inFlight;
    }

    /** Sets aside what an attempt may take. */
    void reserve(Amount most) {
        reserved = reserved.plus(most);
        inFlight++;
    }

    /** Sets aside what a batch may take, which is not waited for. */
    void hold(Amount most) {
        reserved = reserved.plus(most);
    }

    /** A batch has ended: what was set aside for it gives way to what it took. */
    void release(Amount most, Amount taken) {
        reserved = without(reserved, most);
        spent = spent.plus(taken);
    }

    /** An attempt has ended: what was set aside for it, if anything was, gives way to what it took. */
    void settle(Amount most, Amount taken) {
        if (most.calls() > 0) {
            reserved = without(reserved, most);
            inFlight--;
        }
        spent = spent.plus(taken);
    }

    private static Amount without(Amount all, Amount part) {
        TokenUsage tokens = new TokenUsage(
                all.tokens().inputTokens() - part.tokens().inputTokens(),
                all.tokens().outputTokens() - part.tokens().outputTokens());
        return new Amount(
                all.calls() - part.calls(),
                tokens,
                all.money()
                        .map(money -> new Money(
                                money.dollars().subtract(part.knownMoney().dollars()))));
    }

    /** Whether so much more stays within every limit, even if all that is set aside is taken. */
    boolean fits(Amount more) {
        Amount most = committed().plus(more);
        return limits.stream().noneMatch(limit -> limit.isExceededBy(most));
    }

    /** How much of those limits is spent that so much more would pass, in words. */
    String inTheWayOf(Amount more) {
        Amount most = committed().plus(more);
        return limits.stream()
                .filter(limit -> limit.isExceededBy(most))
                .map(limit -> limit.describe(spent))
                .collect(Collectors.joining(" and "));
    }

    /** How much of every limit is spent, in words; blank without a limit. */
    String describe() {
        return limits.stream().map(limit -> limit.describe(spent)).collect(Collectors.joining(", "));
    }

    /** The largest part of any limit that is spent, 1 for all of it; 0 without a limit. */
    double share() {
        return limits.stream().mapToDouble(limit -> limit.share(spent)).max().orElse(0);
    }
}
