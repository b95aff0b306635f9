package dev.lion.loop;

import dev.lion.role.RetryableRoleException;
import dev.lion.role.StoppedException;
import dev.lion.run.Stage;
import dev.lion.run.StageTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One uninterrupted piece of work on a stage: how it reports, how it calls roles, and how long it took. Reporting and
 * calling may be done from any thread.
 */
final class Sitting implements AutoCloseable {
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);

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
        context.purse().entered(iteration, stage);
        tell(new LoopEvent.StageStarted(iteration, stage, items));
    }

    /** A call of a role. */
    @FunctionalInterface
    interface RoleCall<T> {
        T call() throws Exception;
    }

    /**
     * Calls a role, again after passing failures.
     *
     * @throws RoleFailedException when it failed for good
     * @throws StoppedException when the run was stopped before the call, the thread was interrupted in it, or the
     *     role stopped by itself
     */
    <T> T call(Role role, Optional<String> instructionId, RoleCall<T> call) {
        for (int attempt = 1; ; attempt++) {
            context.stop().throwIfRequested();
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(role);
            }
            try {
                return call.call();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted(role);
            } catch (Exception e) {
                refuseToGoOn(role, instructionId, attempt, e);
                tell(new LoopEvent.Retried(
                        role, iteration, stage, instructionId, attempt, String.valueOf(e.getMessage())));
                pause(role, e, attempt);
            }
        }
    }

    private void refuseToGoOn(Role role, Optional<String> instructionId, int attempt, Exception e) {
        if (e instanceof StoppedException stopped) {
            throw stopped;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(role);
        }
        if (!(e instanceof RetryableRoleException)
                || attempt >= context.config().maxAttempts()) {
            throw new RoleFailedException(role, iteration, stage, instructionId, e);
        }
    }

    private void pause(Role role, Exception failure, int attempt) {
        try {
            context.stop().pause(failure instanceof AbstainedException ? Duration.ZERO : backoff(attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(role);
        }
    }

    private Duration backoff(int attempt) {
        Duration backoff = context.config().firstBackoff().multipliedBy(1L << Math.min(attempt - 1, 20));
        return backoff.compareTo(LONGEST_BACKOFF) < 0 ? backoff : LONGEST_BACKOFF;
    }

    private static StoppedException interrupted(Role role) {
        return new StoppedException("interrupted while the " + role + " was called");
    }

    void itemDone() {
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
