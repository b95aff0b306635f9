package dev.lion.cost;

import dev.lion.data.Amount;
import dev.lion.data.TokenUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps calls outside a run within a budget of calls, tokens and money, in memory: the most that a call may take is set
 * aside before it is made, and what it took is spent after it. At every moment, what is spent and set aside is within the
 * limits, unless a call takes more than its most. A run has a {@link Ledger} instead, which is kept on disk.
 *
 * <p>For any thread.
 */
public final class Allowance {
    private final Budget budget;
    private final Optional<Price> price;
    private final Balance balance;
    private final LongSupplier nanos;

    private Allowance(Budget budget, Optional<Price> price, LongSupplier nanos) {
        if (budget.time().isPresent()) {
            throw new IllegalArgumentException("a limit on time is kept by a run alone; leave it out of " + budget);
        }
        if (budget.money().isPresent() && price.isEmpty()) {
            throw new IllegalArgumentException("a limit on money needs the price of the model's tokens");
        }
        this.budget = budget;
        this.price = price;
        this.balance = new Balance(budget, Amount.NONE);
        this.nanos = nanos;
    }

    /** A budget of calls and tokens, of which nothing is spent. */
    public static Allowance of(Budget budget) {
        return new Allowance(budget, Optional.empty(), System::nanoTime);
    }

    /** A budget of calls, tokens and money at this price, of which nothing is spent. */
    public static Allowance of(Budget budget, Price price) {
        return new Allowance(budget, Optional.of(price), System::nanoTime);
    }

    /** What was set aside for one call. Its thread ends it once; what comes after that has no effect. */
    public final class Reservation {
        private final Amount most;
        private boolean ended;

        private Reservation(Amount most) {
            this.most = most;
        }

        /**
         * The call brought a result that took these tokens. {@link TokenUsage#NONE} counts as the most it may have taken,
         * unless the model is {@link Price#FREE}.
         */
        public void settle(TokenUsage reported) {
            boolean silent = reported.equals(TokenUsage.NONE) && !price.equals(Optional.of(Price.FREE));
            end(silent && budget.needsBounds() ? most : amount(reported));
        }

        /** The call failed, and is known not to be charged. */
        public void refused() {
            end(amount(TokenUsage.NONE));
        }

        /** The call failed, and may be charged: what was set aside for it is taken for spent. */
        public void lost() {
            end(most);
        }

        private void end(Amount taken) {
            synchronized (Allowance.this) {
                if (!ended) {
                    ended = true;
                    balance.settle(most, taken);
                    Allowance.this.notifyAll();
                }
            }
        }
    }

    /**
     * Sets aside what a call may take. Where there is no room for it, this waits for calls in flight to end and to give back
     * what they did not take.
     *
     * @param most the most tokens that the call may take; only looked at when the budget {@linkplain Budget#needsBounds()
     *     needs it}
     * @param patience how long to wait for calls in flight; zero does not wait
     * @throws BudgetExhaustedException when there is no room for the call, nothing being in flight or patience being over
     * @throws InterruptedException when the thread is interrupted while it waits; nothing is set aside then
     */
    public synchronized Reservation reserve(TokenUsage most, Duration patience) throws InterruptedException {
        Amount reservation = amount(budget.needsBounds() ? most : TokenUsage.NONE);
        long begun = nanos.getAsLong();
        while (!balance.fits(reservation)) {
            long left = patience.toNanos() - (nanos.getAsLong() - begun);
            if (balance.inFlight() == 0 || left <= 0) {
                throw new BudgetExhaustedException(refusal(reservation));
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        balance.reserve(reservation);
        return new Reservation(reservation);
    }

    private String refusal(Amount reservation) {
        String next = budget.money().isPresent()
                ? reservation.knownMoney().toString()
                : budget.tokens().isPresent() ? Words.count(reservation.tokens().total(), "token") : "one more";
        String held = balance.inFlight() == 0
                ? ""
                : "; " + Words.count(balance.inFlight(), "call") + " in flight may take the rest";
        return "the budget is reached: " + balance.inTheWayOf(reservation) + " spent, and the next call may take "
                + next + held;
    }

    private Amount amount(TokenUsage tokens) {
        return new Amount(1, tokens, price.map(known -> known.of(tokens)));
    }

    /** What is spent; calls in flight left out. */
    public synchronized Amount spent() {
        return balance.spent();
    }

    /** The most that can have been spent once every call in flight has ended. */
    public synchronized Amount committed() {
        return balance.committed();
    }
}
