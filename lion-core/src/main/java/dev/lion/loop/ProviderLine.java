package dev.lion.loop;

import com.google.common.base.Throwables;
import dev.lion.role.StoppedException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls that the coordinating thread makes about batches, each on a thread of its own, so that neither a provider that does
 * not reply nor a stop leaves it waiting. For the coordinating thread.
 */
final class ProviderLine {
    private static final long STOP_NOTICED_MILLIS = 50;

    private final Sitting sitting;
    private final Role role;

    ProviderLine(Sitting sitting, Role role) {
        this.sitting = sitting;
        this.role = role;
    }

    /**
     * Makes a call within the time that calls have.
     *
     * @param doing what it does, for warnings, as in "to look at batch b"
     * @param patience how long the call may go on after a stop
     * @throws StoppedException when it is stopped
     * @throws NoAnswerException when it takes too long
     * @throws Exception what the call throws
     */
    <T> T call(String doing, Duration patience, Sitting.RoleCall<T> call) throws Exception {
        RunContext context = sitting.context();
        FutureTask<T> task = new FutureTask<>(call::call);
        Awaited awaited = context.watch().begin(site(doing), 1);
        Thread thread = new Thread(task, "lion-batch");
        thread.setDaemon(true);
        thread.start();
        try {
            return await(task, patience);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            Throwables.throwIfInstanceOf(cause, Exception.class);
            Throwables.throwIfUnchecked(cause);
            throw e;
        } finally {
            task.cancel(true);
            context.watch().end(awaited);
        }
    }

    private <T> T await(FutureTask<T> task, Duration patience) throws ExecutionException {
        Deadline timeout = new Deadline(sitting.context().config().callTimeout());
        Deadline stop = new Deadline(patience);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(STOP_NOTICED_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (timeout.isPassed()) {
                        throw new NoAnswerException(sitting.context().config().callTimeout(), e);
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (!interrupted && !sitting.context().stop().isRequested()) {
                    stop = new Deadline(patience);
                } else if (stop.isPassed()) {
                    throw new StoppedException("the run was stopped");
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A time from its making on. */
    private static final class Deadline {
        private final long start = System.nanoTime();
        private final long nanos;

        Deadline(Duration duration) {
            this.nanos = duration.toNanos();
        }

        boolean isPassed() {
            return System.nanoTime() - start >= nanos;
        }
    }

    private CallSite site(String doing) {
        return new CallSite(role, Optional.of(sitting.where()), Optional.empty(), doing, Optional.empty());
    }
}
