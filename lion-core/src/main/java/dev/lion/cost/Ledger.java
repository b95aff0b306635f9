package dev.lion.cost;

import dev.lion.data.Amount;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.run.Purpose;
import dev.lion.run.RunDirectory;
import dev.lion.run.SpendingEntry;
import dev.lion.run.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a run within its budget: before an attempt, the most that it may take is set aside, and after it, what it took is
 * written down. At every moment, what is spent and set aside is within the limits, unless a role reports more than the
 * most it had announced.
 *
 * <p>The loop opens one for each sitting and closes it; the rest may be used from any thread. Under a budget, reservations
 * and settlements are on disk before the call and its result are used, so that what a killed process had in flight counts
 * as spent in full. Without one, only calls that took tokens, or failed, are written down.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LINES_BETWEEN_SUMS = 20_000; // about 3 MB
    private static final long STOP_NOTICED_MILLIS = 50;

    private final Budget budget;
    private final Prices prices;
    private final LedgerFile file;
    private final Balance balance;
    private final Holds holds;
    private final Consumer<String> notices;
    private final LongSupplier nanos;
    private final Set<PaidRole> noUsage = EnumSet.noneOf(PaidRole.class);
    private final Set<PaidRole> tooMuch = EnumSet.noneOf(PaidRole.class);
    private Optional<String> exhausted = Optional.empty();
    private long attempts;
    private long endedAt;
    private boolean closed;

    Ledger(RunDirectory run, Budget budget, Prices prices, Consumer<String> notices, LongSupplier nanos) {
        this.budget = budget;
        this.prices = prices;
        this.notices = notices;
        this.nanos = nanos;
        this.file = new LedgerFile(run, LINES_BETWEEN_SUMS);
        this.balance = new Balance(budget, total(file.spent(), prices));
        this.holds = new Holds(this, budget, prices, file, balance);
        this.attempts = file.nextAttempt();
        this.endedAt = nanos.getAsLong();
    }

    // what was spent before its price was known, at the price of today
    private static Amount total(List<SpendingEntry> spent, Prices prices) {
        return spent.stream()
                .map(line -> {
                    Amount amount = line.amount();
                    return amount.money().isPresent()
                            ? amount
                            : prices.amount(line.purpose().role(), amount.calls(), amount.tokens());
                })
                .reduce(Amount.NONE, Amount::plus);
    }

    /**
     * Opens the ledger of a run that is open for running.
     *
     * @param run where it is kept, with what earlier sittings spent
     * @param budget the limits
     * @param prices of the roles; must be complete when money is limited
     * @param notices told, once each, what the user should know: a role that reports no tokens, or more than announced
     */
    public static Ledger open(RunDirectory run, Budget budget, Prices prices, Consumer<String> notices) {
        return new Ledger(run, budget, prices, notices, System::nanoTime);
    }

    /** What is set aside for batches. */
    public Holds holds() {
        return holds;
    }

    /** Called under this ledger's lock. */
    long nextNumber() {
        return attempts++;
    }

    /** Notes what the run is expected to spend, unless an earlier sitting did. */
    public synchronized void expect(List<SpendingEntry> estimate) {
        if (!file.hasEstimate()) {
            estimate.forEach(file::append);
        }
    }

    /**
     * Begins an attempt. Where the budget has no room for it, this waits for attempts in flight to end and to give back
     * what they did not take.
     *
     * @param purpose what it is for
     * @param most the most tokens that it may take; only looked at when the budget {@linkplain Budget#needsBounds() needs
     *     it}
     * @param stop ends the waiting
     * @return the attempt, to be ended by one of its methods; empty when the budget is exhausted, or waiting was ended
     * @throws InterruptedException when the thread is interrupted while it waits; nothing is set aside then, and the budget
     *     is exhausted, as the calls in flight hold it for too long
     * @throws dev.lion.run.RunStorageException when the disk failed; nothing is set aside then
     */
    public Optional<Attempt> begin(Purpose purpose, TokenUsage most, BooleanSupplier stop) throws InterruptedException {
        return budget.limitsCalls()
                ? reserve(purpose, most, stop)
                : Optional.of(new Attempt(this, OptionalLong.empty(), purpose, Amount.NONE));
    }

    private synchronized Optional<Attempt> reserve(Purpose purpose, TokenUsage most, BooleanSupplier stop)
            throws InterruptedException {
        Amount reservation = prices.amount(purpose.role(), 1, budget.needsBounds() ? most : TokenUsage.NONE);
        if (!awaitRoom(purpose, reservation, stop)) {
            return Optional.empty();
        }
        OptionalLong number = OptionalLong.of(nextNumber());
        file.append(new SpendingEntry(SpendingEntry.Kind.RESERVED, number, purpose, reservation));
        balance.reserve(reservation);
        return Optional.of(new Attempt(this, number, purpose, reservation));
    }

    private boolean awaitRoom(Purpose purpose, Amount reservation, BooleanSupplier stop) throws InterruptedException {
        long since = nanos.getAsLong();
        while (exhausted.isEmpty() && !balance.fits(reservation)) {
            if (stop.getAsBoolean()) {
                return false;
            }
            long quiet = nanos.getAsLong() - Math.max(since, endedAt);
            if (balance.inFlight() == 0 || quiet >= PATIENCE.toNanos()) {
                exhaust(purpose, reservation);
            } else {
                awaitAnEnd(purpose, reservation);
            }
        }
        return exhausted.isEmpty();
    }

    // whoever interrupts a thread that waits here finds that calls take too long
    private void awaitAnEnd(Purpose purpose, Amount reservation) throws InterruptedException {
        try {
            TimeUnit.MILLISECONDS.timedWait(this, STOP_NOTICED_MILLIS);
        } catch (InterruptedException e) {
            exhaust(purpose, reservation);
            throw e;
        }
    }

    private void exhaust(Purpose purpose, Amount reservation) {
        String held = balance.inFlight() == 0
                ? ""
                : "; " + Words.count(balance.inFlight(), "call")
                        + " in flight did not end in time and may take the rest";
        exhausted = Optional.of("the budget is reached: " + balance.inTheWayOf(reservation)
                + " spent, and the next call of the " + purpose.role() + " may take " + describe(reservation) + held
                + "; run again with a larger budget to continue");
        notifyAll();
    }

    private String describe(Amount amount) {
        return budget.money().isPresent()
                ? amount.knownMoney().toString()
                : budget.tokens().isPresent() ? Words.count(amount.tokens().total(), "token") : "one more";
    }

    /** An attempt has ended with these tokens. */
    void settle(Attempt attempt, TokenUsage reported) {
        if (budget.limitsCalls()) {
            settleReserved(attempt, reported).ifPresent(this::notice);
        } else if (reported.total() > 0) {
            settleUnlimited(attempt, reported);
        }
    }

    private synchronized void settleUnlimited(Attempt attempt, TokenUsage reported) {
        Amount taken = prices.amount(attempt.purpose().role(), 1, reported);
        end(attempt, taken, SpendingEntry.spent(attempt.purpose(), taken));
    }

    // returns what the user should know, to be told without the lock
    private synchronized Optional<String> settleReserved(Attempt attempt, TokenUsage reported) {
        if (isOver(attempt)) {
            return Optional.empty();
        }
        PaidRole role = attempt.purpose().role();
        TokenUsage most = attempt.most().tokens();
        boolean silent = reported.equals(TokenUsage.NONE) && !prices.isFree(role);
        boolean more = reported.inputTokens() > most.inputTokens() || reported.outputTokens() > most.outputTokens();
        endReserved(attempt, silent && budget.needsBounds() ? attempt.most() : prices.amount(role, 1, reported));
        if (!budget.needsBounds()) {
            return Optional.empty();
        }
        if (silent && noUsage.add(role)) {
            return Optional.of(
                    "the " + role + " reports no tokens, so each of its calls counts as the most that it may take");
        }
        return more && tooMuch.add(role)
                ? Optional.of("the " + role + " took " + reported + ", more than the most it had announced, " + most
                        + "; the budget may be passed by the difference")
                : Optional.empty();
    }

    /** An attempt has failed without having been charged. */
    synchronized void refused(Attempt attempt) {
        failed(attempt, prices.amount(attempt.purpose().role(), 1, TokenUsage.NONE));
    }

    /** An attempt has failed and may have been charged. */
    synchronized void lost(Attempt attempt) {
        failed(attempt, attempt.most());
    }

    // without a budget nothing was set aside that it may have been charged
    private void failed(Attempt attempt, Amount taken) {
        if (budget.limitsCalls()) {
            endReserved(attempt, taken.asFailed());
        } else {
            Amount nothing =
                    prices.amount(attempt.purpose().role(), 1, TokenUsage.NONE).asFailed();
            end(attempt, nothing, SpendingEntry.spent(attempt.purpose(), nothing));
        }
    }

    private void endReserved(Attempt attempt, Amount taken) {
        end(attempt, taken, new SpendingEntry(SpendingEntry.Kind.SPENT, attempt.number(), attempt.purpose(), taken));
    }

    private void end(Attempt attempt, Amount taken, SpendingEntry line) {
        if (isOver(attempt)) {
            return;
        }
        attempt.end();
        try {
            file.append(line);
        } finally {
            balance.settle(attempt.most(), taken);
            endedAt = nanos.getAsLong();
            notifyAll();
        }
    }

    private void notice(String notice) {
        LOG.warn("{}", notice);
        notices.accept(notice);
    }

    private boolean isOver(Attempt attempt) {
        return closed || attempt.hasEnded();
    }

    /** Why the budget allows nothing more; empty while it does. */
    public synchronized Optional<String> exhausted() {
        return exhausted;
    }

    /**
     * What is spent, in earlier sittings too; attempts in flight left out. Without a limit on money, tokens or calls, those
     * are left out that took no tokens and did not fail.
     */
    public synchronized Amount spent() {
        return balance.spent();
    }

    /** What one stage of one iteration has spent by role, as {@link #spent()} counts; roles that spent nothing are left out. */
    public synchronized Map<PaidRole, Amount> spent(int iteration, Stage stage) {
        Map<PaidRole, Amount> byRole = new EnumMap<>(PaidRole.class);
        for (SpendingEntry line : file.spent()) {
            Purpose purpose = line.purpose();
            if (purpose.iteration() == iteration && purpose.stage() == stage) {
                byRole.merge(purpose.role(), line.amount(), Amount::plus);
            }
        }
        return byRole;
    }

    /** The most that can have been spent once every attempt in flight has ended. */
    public synchronized Amount committed() {
        return balance.committed();
    }

    /** The largest part of a limit on money, tokens or calls that is spent, from 0; 1 for all of it. */
    public synchronized double share() {
        return balance.share();
    }

    /** Writes sums in place of the single lines; attempts that end later are not noted any more. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            file.close();
        }
    }
}
