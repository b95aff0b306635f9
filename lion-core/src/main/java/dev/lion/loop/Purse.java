package dev.lion.loop;

import dev.lion.cost.Attempt;
import dev.lion.cost.Budget;
import dev.lion.cost.CostEstimate;
import dev.lion.cost.Holds;
import dev.lion.cost.Ledger;
import dev.lion.cost.Prices;
import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.role.StoppedException;
import dev.lion.role.Unbilled;
import dev.lion.run.Purpose;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunStorageException;
import dev.lion.run.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Pays for the calls of one sitting of a run, and stops the run when the budget allows no more or the ledger cannot be
 * written. May be used from any thread.
 */
final class Purse implements AutoCloseable {
    private static final int STEPS_TOLD = 100;

    private final Ledger ledger;
    private final Budget budget;
    private final TimeLimit time;
    private final StopSignal stop;
    private final Events events;
    private final AtomicInteger stepTold = new AtomicInteger();
    private volatile Place place = new Place(0, Stage.IMITATION);
    private volatile Optional<RunStorageException> diskFailure = Optional.empty();

    private record Place(int iteration, Stage stage) {}

    Purse(RunDirectory run, Budget budget, Prices prices, TimeLimit time, StopSignal stop, Events events) {
        this.ledger = Ledger.open(run, budget, prices, this::notice);
        this.budget = budget;
        this.time = time;
        this.stop = stop;
        this.events = events;
        this.stepTold.set(step());
    }

    /** Notes what the run is expected to take, so that it can be compared with what it took. */
    void expect(CostEstimate estimate) {
        ledger.expect(estimate.entries());
    }

    private void notice(String message) {
        events.tell(new LoopEvent.Notice(place.iteration(), place.stage(), message));
    }

    /** What is set aside for batches. */
    Holds holds() {
        return ledger.holds();
    }

    /** From here on, calls are made for this stage. */
    void entered(int iteration, Stage stage) {
        place = new Place(iteration, stage);
    }

    /**
     * Makes one attempt of a call and accounts for it, however it ends.
     *
     * @param most the most tokens that it may take, if there is a limit
     * @param usage the tokens of a result
     * @throws StoppedException when the budget does not allow it; the run has been asked to stop then
     */
    <T> T pay(
            PaidRole role, Supplier<Optional<TokenUsage>> most, Sitting.RoleCall<T> call, Function<T, TokenUsage> usage)
            throws Exception {
        Attempt attempt = begin(role, most);
        T result;
        try {
            result = call.call();
        } catch (Throwable failure) {
            boolean unbilled = failure instanceof Unbilled refusal && refusal.isUnbilled();
            write(unbilled ? attempt::refused : attempt::lost);
            throw failure;
        }
        TokenUsage reported = result == null ? TokenUsage.NONE : usage.apply(result); // the caller refuses null by name
        write(() -> attempt.settle(reported));
        tellProgress();
        return result;
    }

    private Attempt begin(PaidRole role, Supplier<Optional<TokenUsage>> most) throws InterruptedException {
        stop.throwIfRequested(); // which looks at the time too
        Place now = place;
        TokenUsage bound = budget.needsBounds() ? bound(role, most) : TokenUsage.NONE;
        try {
            Optional<Attempt> attempt =
                    ledger.begin(new Purpose(now.iteration(), now.stage(), role), bound, stop::isRequested);
            return attempt.orElseThrow(this::stopped);
        } catch (InterruptedException e) {
            ledger.exhausted().ifPresent(reason -> stop.request());
            throw e;
        } catch (RunStorageException e) {
            diskFailed(e);
            throw new StoppedException("the ledger cannot be written: " + e.getMessage());
        }
    }

    private static TokenUsage bound(PaidRole role, Supplier<Optional<TokenUsage>> most) {
        return most.get()
                .orElseThrow(() -> new IllegalStateException("the " + role
                        + " does not say how many tokens a call may take (mostTokens), so its cost cannot be limited"));
    }

    private StoppedException stopped() {
        stop.request();
        return new StoppedException(exhausted().orElse("the run was stopped"));
    }

    // a result that was paid for is handed on even when the ledger cannot be written
    private void write(Runnable settlement) {
        try {
            settlement.run();
        } catch (RunStorageException e) {
            diskFailed(e);
        }
    }

    private void diskFailed(RunStorageException e) {
        diskFailure = Optional.of(e);
        stop.request();
    }

    /** Tells how much of the budget is spent, when another hundredth is. */
    void tellProgress() {
        int step = step();
        if (budget.limitsCalls() && stepTold.getAndAccumulate(step, Math::max) < step) {
            Place now = place;
            events.tell(new LoopEvent.Spent(now.iteration(), now.stage(), ledger.spent(), budget));
        }
    }

    private int step() {
        return budget.limitsCalls() ? (int) (STEPS_TOLD * ledger.share()) : 0;
    }

    /** What a stage has spent by role, in earlier sittings too. */
    Map<PaidRole, Amount> spent(int iteration, Stage stage) {
        return ledger.spent(iteration, stage);
    }

    /** How much money is spent, as an addition to what a stage says; blank when that is not known, or nothing. */
    String soFar() {
        return ledger.spent()
                .money()
                .filter(money -> money.exceeds(Money.ZERO))
                .map(money -> "; " + money + " so far")
                .orElse("");
    }

    /** Why the budget ended the run; empty when it did not. */
    Optional<String> exhausted() {
        return ledger.exhausted().or(time::passed);
    }

    /** Throws what kept the ledger from being written, if anything did. */
    void rethrowDiskFailure() {
        diskFailure.ifPresent(failure -> {
            throw failure;
        });
    }

    @Override
    public void close() {
        ledger.close();
    }
}
