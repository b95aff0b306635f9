package dev.lion.evaluation;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.lion.cost.Attempt;
import dev.lion.cost.BudgetExhaustedException;
import dev.lion.cost.Ledger;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Unbilled;
import dev.lion.role.UnusableRoleException;
import dev.lion.run.Purpose;
import dev.lion.run.RunStorageException;
import dev.lion.run.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Calls of one paid role on several threads, within a budget, made once. A result is handed on, to be kept, before it counts; what fails
 * for good is left out, with its reason.
 */
final class PaidCalls {
    private static final int ATTEMPTS = 3;
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Purpose purpose;
    private final boolean needsBounds;
    private final int concurrency;
    private final Duration pause;
    private final Duration patience;
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * Calls of one role.
     *
     * @param needsBounds whether the most tokens of a call must be known
     * @param pause before a second attempt; the third waits twice as long
     * @param patience how long calls in flight are awaited after an interrupt
     */
    PaidCalls(Ledger ledger, PaidRole role, boolean needsBounds, int concurrency, Duration pause, Duration patience) {
        this.ledger = ledger;
        this.needsBounds = needsBounds;
        this.purpose = new Purpose(0, Stage.EVALUATION, role);
        this.concurrency = concurrency;
        this.pause = pause;
        this.patience = patience;
    }

    /**
     * One call.
     *
     * @param item what it is about, for its failure
     * @param most the most tokens that an attempt may take; empty when nobody knows
     * @param body makes it
     * @param usage the tokens that a result took
     * @param isFinal whether a result stands, or is asked for once more
     * @param keep keeps the result
     */
    record Call<T>(
            String item,
            Optional<TokenUsage> most,
            Callable<T> body,
            Function<T, TokenUsage> usage,
            Predicate<T> isFinal,
            Consumer<T> keep) {}

    /**
     * Makes all calls.
     *
     * @return why items failed, by item
     * @throws BudgetExhaustedException when the budget has no room for another attempt; calls in flight were awaited and kept
     * @throws InterruptedException when the thread was interrupted; no further call was begun, and those in flight were
     *     awaited and kept, but none for longer than the patience: then they are interrupted and count as lost
     */
    <T> Map<String, String> make(List<Call<T>> calls) throws InterruptedException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(1, Math.min(concurrency, calls.size())), work -> {
                    Thread thread = new Thread(work, "lion-" + purpose.role());
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            List<Future<?>> futures = new ArrayList<>();
            calls.forEach(call -> futures.add(threads.submit(() -> {
                perform(call);
                return call;
            })));
            await(futures);
        } finally {
            over.set(true); // interrupted, none begins that has not
            end(threads);
        }
        return Map.copyOf(failures);
    }

    // whoever called closes what results are kept in, so nothing may be under way afterwards
    private void end(ExecutorService threads) {
        threads.shutdown();
        if (!Uninterruptibles.awaitTerminationUninterruptibly(threads, patience)) {
            threads.shutdownNow();
            var unused = Uninterruptibles.awaitTerminationUninterruptibly(threads, LAST_PATIENCE);
        }
    }

    // all are awaited, so that whatever was paid for is kept when the first failure is thrown
    private static void await(List<Future<?>> futures) throws InterruptedException {
        Optional<Throwable> failure = Optional.empty();
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                failure = failure.isPresent() ? failure : Optional.of(cause);
            }
        }
        if (failure.isPresent()) {
            rethrow(failure.get());
        }
    }

    private static void rethrow(Throwable failure) throws InterruptedException {
        if (failure instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    private <T> void perform(Call<T> call) throws InterruptedException {
        try {
            ask(call);
        } catch (UnusableRoleException | BudgetExhaustedException | RunStorageException | Error e) {
            over.set(true); // no other call would fare better
            throw e;
        }
    }

    // what an attempt brought is paid for, and kept also where the next one is refused or interrupted
    private <T> void ask(Call<T> call) throws InterruptedException {
        Optional<T> result = Optional.empty();
        try {
            for (int attempt = 1; attempt <= ATTEMPTS && isOpen(call, result); attempt++) {
                Optional<T> latest = attempt(call, attempt);
                result = latest.isPresent() ? latest : result;
            }
        } finally {
            result.ifPresent(call.keep());
        }
    }

    private <T> boolean isOpen(Call<T> call, Optional<T> result) {
        return !over.get() && result.filter(call.isFinal()).isEmpty() && !failures.containsKey(call.item());
    }

    /** The result; empty when it failed, for good where it is among the failures, or when all is over. */
    private <T> Optional<T> attempt(Call<T> call, int number) throws InterruptedException {
        Optional<Attempt> begun = begin(call);
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        Attempt paid = begun.get();
        try {
            T result = call.body().call();
            paid.settle(call.usage().apply(result));
            return Optional.of(result);
        } catch (InterruptedException | UnusableRoleException e) {
            end(paid, e);
            throw e;
        } catch (RetryableRoleException e) {
            end(paid, e);
            if (number == ATTEMPTS) {
                fail(call, e);
            } else {
                Thread.sleep(pause.multipliedBy(number).toMillis());
            }
        } catch (Exception e) {
            end(paid, e);
            fail(call, e);
        }
        return Optional.empty();
    }

    private <T> void fail(Call<T> call, Exception e) {
        failures.put(call.item(), e.getMessage() == null ? e.toString() : e.getMessage());
    }

    private Optional<Attempt> begin(Call<?> call) throws InterruptedException {
        if (call.most().isEmpty() && needsBounds) {
            throw new BudgetExhaustedException("a budget of money or tokens needs to know the most that a call of the "
                    + purpose.role() + " may take, which it does not say; limit the calls instead");
        }
        Optional<Attempt> begun = ledger.begin(purpose, call.most().orElse(TokenUsage.NONE), over::get);
        if (begun.isEmpty() && ledger.exhausted().isPresent()) {
            throw new BudgetExhaustedException(ledger.exhausted().get());
        }
        return begun;
    }

    private static void end(Attempt paid, Exception failure) {
        if (failure instanceof Unbilled refusal && refusal.isUnbilled()) {
            paid.refused();
        } else {
            paid.lost();
        }
    }
}
