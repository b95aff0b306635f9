package dev.lion.cost;

import dev.lion.data.Amount;
import dev.lion.data.TokenUsage;
import dev.lion.run.Purpose;
import dev.lion.run.SpendingEntry;
import dev.lion.run.SpendingEntry.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is set aside for batches, which go on at the provider while the process that submitted them has ended. A hold is on
 * disk before this returns it, with or without a budget, and stays in the ledger over all sittings until it is settled;
 * until then it counts as spent in full. Settling what is settled changes nothing. May be used from any thread.
 */
public final class Holds {
    private final Ledger ledger;
    private final Budget budget;
    private final Prices prices;
    private final LedgerFile file;
    private final Balance balance;
    private final Map<Long, Hold> open = new LinkedHashMap<>();

    Holds(Ledger ledger, Budget budget, Prices prices, LedgerFile file, Balance balance) {
        this.ledger = ledger;
        this.budget = budget;
        this.prices = prices;
        this.file = file;
        this.balance = balance;
        file.held().forEach(line -> add(new Hold(line.attempt().orElseThrow(), line.purpose(), line.amount())));
    }

    private void add(Hold hold) {
        open.put(hold.number(), hold);
        balance.hold(hold.most());
    }

    /**
     * Sets aside what a batch may take.
     *
     * @param purpose what for
     * @param most the most tokens of each call; only looked at when the budget {@linkplain Budget#needsBounds() needs it}
     * @param priceFactor the part of the price that the calls cost
     * @return a hold for as many of the first calls as the budget has room for; empty when it has room for none
     */
    public Optional<Hold> begin(Purpose purpose, List<TokenUsage> most, double priceFactor) {
        synchronized (ledger) {
            Amount sum = Amount.NONE;
            for (TokenUsage each : most) {
                Amount next = sum.plus(
                        prices.amount(purpose.role(), 1, budget.needsBounds() ? each : TokenUsage.NONE, priceFactor));
                if (!balance.fits(next)) {
                    break;
                }
                sum = next;
            }
            return sum.calls() == 0 ? Optional.empty() : Optional.of(begun(purpose, sum));
        }
    }

    private Hold begun(Purpose purpose, Amount most) {
        Hold hold = new Hold(ledger.nextNumber(), purpose, most);
        file.append(new SpendingEntry(Kind.HELD, OptionalLong.of(hold.number()), purpose, most));
        add(hold);
        return hold;
    }

    /** What is not settled yet, of earlier sittings too. */
    public List<Hold> open() {
        synchronized (ledger) {
            return List.copyOf(open.values());
        }
    }

    /**
     * A batch has brought its results.
     *
     * @param reported the tokens that were reported
     * @param silent answers for which no tokens were reported
     * @param lost calls without an answer that may be charged all the same
     * @param priceFactor the part of the price that the calls cost
     */
    public void settle(long number, TokenUsage reported, int silent, int lost, double priceFactor) {
        synchronized (ledger) {
            Hold hold = open.get(number);
            if (hold == null) {
                return;
            }
            int uncertain = lost + (prices.isFree(hold.purpose().role()) ? 0 : silent);
            TokenUsage taken = reported.plus(share(hold.most(), uncertain));
            end(hold, prices.amount(hold.purpose().role(), hold.most().calls(), taken, priceFactor));
        }
    }

    private static TokenUsage share(Amount most, int calls) {
        TokenUsage all = most.tokens();
        return new TokenUsage(
                shareOf(all.inputTokens(), calls, most.calls()), shareOf(all.outputTokens(), calls, most.calls()));
    }

    private static long shareOf(long tokens, long calls, long all) {
        return (tokens * calls + all - 1) / all;
    }

    /** A batch was never submitted. */
    public void release(long number) {
        synchronized (ledger) {
            Optional.ofNullable(open.get(number)).ifPresent(hold -> end(hold, Amount.NONE));
        }
    }

    /** A batch brought nothing, and may have been charged: all that was set aside is taken for spent. */
    public void lose(long number) {
        synchronized (ledger) {
            Optional.ofNullable(open.get(number)).ifPresent(hold -> end(hold, hold.most()));
        }
    }

    private void end(Hold hold, Amount taken) {
        file.append(new SpendingEntry(Kind.SPENT, OptionalLong.of(hold.number()), hold.purpose(), taken));
        open.remove(hold.number());
        balance.release(hold.most(), taken);
        ledger.notifyAll();
    }
}
