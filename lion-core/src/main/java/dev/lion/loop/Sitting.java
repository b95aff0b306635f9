package dev.lion.loop;

import dev.lion.data.Amount;
import dev.lion.data.PaidRole;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.StoppedException;
import dev.lion.run.DamagedRunException;
import dev.lion.run.RunStorageException;
import dev.lion.run.Stage;
import dev.lion.run.StageTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One uninterrupted piece of work on a stage: how it reports, how it calls roles, and how long it took. Reporting and
 * calling may be done from any thread.
 */
final class Sitting implements AutoCloseable {
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final double JITTER = 0.5;

    private static final Logger LOG = LoggerFactory.getLogger(Sitting.class);

    private final RunContext context;
    private final int iteration;
    private final Stage stage;
    private final int items;
    private final AtomicInteger done = new AtomicInteger();
    private final long start = System.nanoTime();

    Sitting(RunContext context, int iteration, Stage stage, int items) {
        this.context = context;
        this.iteration = iteration;
        this.stage = stage;
        this.items = items;
        context.watch().entered(where());
        context.purse().entered(iteration, stage);
        tell(new LoopEvent.StageStarted(iteration, stage, items));
    }

    /** A call of a role. */
    @FunctionalInterface
    interface RoleCall<T> {
        T call() throws Exception;
    }

    /**
     * Calls a role without a time limit, again after passing failures.
     *
     * @throws RoleFailedException when it failed for good
     * @throws StoppedException when the run was stopped before the call, the thread was interrupted in it, or the
     *     role stopped by itself
     */
    <T> T call(Role role, Optional<String> instructionId, RoleCall<T> call) {
        return call(site(role, instructionId, ""), call);
    }

    /** The same; {@code doing} says in a warning what the role is at, as in "to save itself". */
    <T> T call(Role role, String doing, RoleCall<T> call) {
        return call(site(role, Optional.empty(), doing), call);
    }

    private CallSite site(Role role, Optional<String> instructionId, String doing) {
        return new CallSite(role, Optional.of(where()), instructionId, doing, Optional.empty());
    }

    /**
     * The same for a call with a time limit.
     *
     * @throws AbandonedException when it took so long that it was given up; the thread must not touch the run any more
     */
    <T> T call(CallSite site, RoleCall<T> call) {
        return call(site, 1, call);
    }

    /** Goes on calling after the attempt of this number was given up. */
    <T> T callAgain(CallSite site, int abandoned, RoleCall<T> call) {
        failed(site, abandoned, new NoAnswerException(context.config().callTimeout()));
        return call(site, abandoned + 1, call);
    }

    private <T> T call(CallSite site, int first, RoleCall<T> call) {
        for (int attempt = first; ; attempt++) {
            context.stop().throwIfRequested();
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(site.role());
            }
            try {
                return attempt(site, attempt, call);
            } catch (AbandonedException e) {
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted(site.role());
            } catch (Exception e) {
                failed(site, attempt, e);
            }
        }
    }

    private <T> T attempt(CallSite site, int attempt, RoleCall<T> call) throws Exception {
        Awaited awaited = context.watch().begin(site, attempt);
        T result;
        try {
            result = call.call();
        } catch (Exception e) {
            boolean interrupted = context.watch().end(awaited);
            throw interrupted ? new NoAnswerException(context.config().callTimeout(), e) : e;
        } catch (Error e) {
            context.watch().end(awaited);
            throw e;
        }
        context.watch().end(awaited); // late but there: what was paid for is kept
        return result;
    }

    // returns when another attempt is due
    private void failed(CallSite site, int attempt, Exception e) {
        refuseToGoOn(site, attempt, e);
        tell(new LoopEvent.Retried(
                site.role(), iteration, stage, site.instructionId(), attempt, String.valueOf(e.getMessage())));
        pause(site, e, attempt);
    }

    private void refuseToGoOn(CallSite site, int attempt, Exception e) {
        if (e instanceof StoppedException || e instanceof RunStorageException || e instanceof DamagedRunException) {
            throw (RuntimeException) e; // no fault of the role
        }
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(site.role());
        }
        if (!(e instanceof RetryableRoleException)
                || attempt >= context.config().maxAttempts()) {
            throw new RoleFailedException(site.role(), iteration, stage, site.instructionId(), e);
        }
    }

    private void pause(CallSite site, Exception failure, int attempt) {
        if (failure instanceof AbstainedException) {
            return;
        }
        Awaited awaited = context.watch().beginPause(site);
        try {
            context.stop().pause(backoff(site, attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(site.role());
        } finally {
            context.watch().end(awaited);
        }
    }

    // give or take a quarter, so that calls which failed together do not come back together
    private Duration backoff(CallSite site, int attempt) {
        Duration doubled = context.config().firstBackoff().multipliedBy(1L << Math.min(attempt - 1, 20));
        Duration backoff = doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
        long seed = Randomness.seed(
                context.config().seed(), site.role(), site.instructionId().orElse(""), attempt);
        double factor = 1 + JITTER * (new Random(seed).nextDouble() - 0.5);
        return Duration.ofNanos((long) (backoff.toNanos() * factor));
    }

    private static StoppedException interrupted(Role role) {
        return new StoppedException("interrupted while the " + role + " was called");
    }

    /** Where the run is. */
    CallSite.Where where() {
        return new CallSite.Where(iteration, stage);
    }

    void itemDone() {
        context.watch().moved();
        tell(new LoopEvent.Progress(iteration, stage, done.incrementAndGet(), items));
    }

    void setAside(Role role, String instructionId, String reason) {
        tell(new LoopEvent.ItemSetAside(role, iteration, stage, instructionId, reason));
    }

    void notice(String message) {
        tell(new LoopEvent.Notice(iteration, stage, message));
    }

    void tell(LoopEvent event) {
        context.events().tell(event);
    }

    /** The stage is finished: what it did, in words. */
    void finished(String result) {
        tell(new LoopEvent.StageFinished(
                iteration, stage, duration(), result + context.purse().soFar()));
        Map<PaidRole, Amount> spent = context.purse().spent(iteration, stage);
        if (!spent.isEmpty()) {
            LoopEvent.StageSpent event = new LoopEvent.StageSpent(iteration, stage, spent);
            LOG.info("{}: {}", where(), event.inWords());
            tell(event);
        }
    }

    private Duration duration() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    int iteration() {
        return iteration;
    }

    Stage stage() {
        return stage;
    }

    int items() {
        return items;
    }

    RunContext context() {
        return context;
    }

    @Override
    public void close() {
        context.run().addStageTime(new StageTime(iteration, stage, duration()));
    }
}
