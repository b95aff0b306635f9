package dev.lion.loop;

import com.google.common.base.Throwables;
import dev.lion.role.StoppedException;
import dev.lion.role.UnusableRoleException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage's calls of teacher, referee and generator, several at a time. An item whose call fails for good is set aside,
 * until more failed than is tolerated; a role that is unusable ends the stage at once. Any thread submits, the coordinating one awaits; results are handed over on the
 * calling threads.
 */
final class StageCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StageCalls.class);
    private static final long STOP_NOTICED_MILLIS = 50;

    private final Sitting sitting;
    private final LoopConfig config;
    private final CallThreads threads;
    private final Object lock = new Object();
    private final Failures failures;
    private Optional<Throwable> fatal = Optional.empty();
    private int outstanding;
    private int awaited;
    private boolean thrown;
    private boolean closed;

    StageCalls(Sitting sitting) {
        this.sitting = sitting;
        this.config = sitting.context().config();
        this.failures = new Failures(sitting);
        this.threads = new CallThreads(config.maxConcurrentCalls());
    }

    /**
     * A call to be made.
     *
     * @param role who is called
     * @param instructionId about which instruction
     * @param item what the failure of the call is counted for, once; empty when it is not counted
     * @param body the call
     * @param succeeded takes what the role returned, on the calling thread
     * @param failed takes the reason why there is no result, on the calling thread
     */
    record Call<T>(
            Role role,
            String instructionId,
            Optional<Object> item,
            Sitting.RoleCall<T> body,
            Consumer<T> succeeded,
            Consumer<String> failed) {
        /** A call whose failure is counted. */
        Call(
                Role role,
                String instructionId,
                Object item,
                Sitting.RoleCall<T> body,
                Consumer<T> succeeded,
                Consumer<String> failed) {
            this(role, instructionId, Optional.of(item), body, succeeded, failed);
        }
    }

    <T> void submit(Call<T> call) {
        synchronized (lock) {
            outstanding++;
        }
        threads.execute(() -> perform(call, () -> sitting.call(site(call), call.body())));
    }

    private CallSite site(Call<?> call) {
        return new CallSite(
                call.role(),
                Optional.of(sitting.where()),
                Optional.of(call.instructionId()),
                "",
                Optional.of(attempt -> goOnElsewhere(call, attempt)));
    }

    // an attempt hangs: its thread is left behind, another one takes over what comes after it
    private <T> void goOnElsewhere(Call<T> call, int attempt) {
        int hanging = threads.replaceOne();
        if (hanging > 2 * config.maxConcurrentCalls()) {
            end(TooManyFailuresException.hung(hanging, hung(call)));
        }
        threads.execute(() -> perform(call, () -> {
            sitting.notice("a call of the " + call.role() + " hangs and was left behind with its thread, one of "
                    + hanging + " at this moment");
            return sitting.callAgain(site(call), attempt, call.body());
        }));
    }

    private RoleFailedException hung(Call<?> call) {
        return new RoleFailedException(
                call.role(),
                sitting.iteration(),
                sitting.stage(),
                Optional.of(call.instructionId()),
                new NoAnswerException(config.callTimeout()));
    }

    private <T> void perform(Call<T> call, Sitting.RoleCall<T> body) {
        try {
            if (mayStart()) {
                call.succeeded().accept(body.call());
                succeeded(call.role());
            }
        } catch (AbandonedException e) {
            LOG.warn(e.getMessage()); // the run may be over
            threads.cameBack();
            return; // the call is outstanding elsewhere
        } catch (RoleFailedException e) {
            failOrEnd(call, e);
        } catch (StoppedException e) {
            endUnlessStopping(e);
        } catch (Throwable e) {
            end(e);
        }
        synchronized (lock) {
            outstanding--;
            if (outstanding <= awaited || fatal.isPresent()) {
                lock.notifyAll();
            }
        }
    }

    private boolean mayStart() {
        synchronized (lock) {
            return !closed && fatal.isEmpty();
        }
    }

    private void succeeded(Role role) {
        synchronized (lock) {
            failures.succeeded(role);
        }
    }

    // no other item would fare better: nothing is set aside, so that all of it is asked for when the run goes on
    private void failOrEnd(Call<?> call, RoleFailedException failure) {
        if (failure.getCause() instanceof UnusableRoleException) {
            end(failure);
        } else {
            fail(call, failure);
        }
    }

    private void fail(Call<?> call, RoleFailedException failure) {
        String reason = failure.reason();
        call.failed().accept(reason);
        sitting.setAside(call.role(), call.instructionId(), reason);
        synchronized (lock) {
            call.item().flatMap(item -> failures.failed(item, failure)).ifPresent(this::end);
        }
    }

    private void endUnlessStopping(StoppedException e) {
        synchronized (lock) {
            if (!closed && !sitting.context().stop().isRequested()) {
                end(e);
            }
        }
    }

    private void end(Throwable reason) {
        synchronized (lock) {
            if (fatal.isEmpty()) {
                fatal = Optional.of(reason);
            }
        }
    }

    /** Says how many items the stage has come to, where that is not known beforehand. */
    void itemsAtLeast(int count) {
        synchronized (lock) {
            failures.itemsAtLeast(count);
        }
    }

    /** Waits until no call is outstanding. */
    void awaitAll() {
        awaitAtMost(0);
    }

    /** Waits until at most this many calls are outstanding. */
    void awaitAtMost(int calls) {
        await(calls, () -> outstanding <= calls);
    }

    /**
     * Waits until a condition holds, which is looked at after each call.
     *
     * @throws StoppedException when the run is stopped first
     */
    void await(BooleanSupplier condition) {
        await(Integer.MAX_VALUE, condition);
    }

    private void await(int calls, BooleanSupplier condition) {
        try {
            synchronized (lock) {
                awaited = calls;
                throwIfEnded();
                while (!condition.getAsBoolean()) {
                    sitting.context().stop().throwIfRequested();
                    if (outstanding == 0) {
                        throw new IllegalStateException("no call is under way that could bring what is awaited");
                    }
                    lock.wait(STOP_NOTICED_MILLIS);
                    throwIfEnded();
                }
                sitting.context().stop().throwIfRequested(); // a stop drops calls, so what is awaited may be incomplete
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while calls were under way");
        }
    }

    private void throwIfEnded() {
        if (fatal.isPresent()) {
            thrown = true;
            Throwables.throwIfUnchecked(fatal.get());
        }
    }

    /**
     * Starts no more calls, and waits for those under way, so that what they bring is kept. Throws what ended the stage
     * when nobody waited for it.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!endWithin(config.stopTimeout())) {
                tellOfThoseGivenUp();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            tellOfThoseGivenUp();
        } finally {
            threads.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (lock) {
            if (!thrown) {
                throwIfEnded();
            }
        }
    }

    private boolean endWithin(Duration timeout) throws InterruptedException {
        long start = System.nanoTime();
        synchronized (lock) {
            closed = true;
            awaited = 0;
            long left = timeout.toNanos();
            while (outstanding > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
                left = timeout.toNanos() - (System.nanoTime() - start);
            }
            return outstanding == 0;
        }
    }

    private void tellOfThoseGivenUp() {
        sitting.notice(threads.busy() + " calls were still under way after " + config.stopTimeout()
                + " (stopTimeout) and are interrupted; they are made again when the run goes on");
    }
}
