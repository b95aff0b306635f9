package dev.lion.loop;

import dev.lion.role.StoppedException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A stage's calls of teacher, referee and generator, several at a time. An item whose call fails for good is set aside,
 * until more failed than is tolerated. The coordinating thread submits and awaits; results are handed over on the calling
 * threads.
 */
final class StageCalls implements AutoCloseable {
    private static final long STOP_NOTICED_MILLIS = 50;

    private final Sitting sitting;
    private final LoopConfig config;
    private final ExecutorService threads;
    private final Object lock = new Object();
    private final Set<Object> setAside = new HashSet<>();
    private Optional<Throwable> fatal = Optional.empty();
    private int items;
    private int outstanding;
    private boolean closed;

    StageCalls(Sitting sitting) {
        this.sitting = sitting;
        this.config = sitting.context().config();
        this.items = sitting.items();
        this.threads = Executors.newFixedThreadPool(config.maxConcurrentCalls(), StageCalls::newThread);
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "lion-call");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A call to be made.
     *
     * @param role who is called
     * @param instructionId about which instruction
     * @param item what the failure of the call is counted for, once
     * @param body the call
     * @param succeeded takes what the role returned, on the calling thread
     * @param failed takes the reason why there is no result, on the calling thread
     */
    record Call<T>(
            Role role,
            String instructionId,
            Object item,
            Sitting.RoleCall<T> body,
            Consumer<T> succeeded,
            Consumer<String> failed) {}

    <T> void submit(Call<T> call) {
        synchronized (lock) {
            outstanding++;
        }
        threads.execute(() -> perform(call));
    }

    private <T> void perform(Call<T> call) {
        try {
            if (mayStart()) {
                call.succeeded().accept(sitting.call(call.role(), Optional.of(call.instructionId()), call.body()));
            }
        } catch (RoleFailedException e) {
            fail(call, e);
        } catch (StoppedException e) {
            endUnlessStopping(e);
        } catch (Throwable e) {
            end(e);
        } finally {
            synchronized (lock) {
                outstanding--;
                lock.notifyAll();
            }
        }
    }

    private boolean mayStart() {
        synchronized (lock) {
            return !closed && fatal.isEmpty();
        }
    }

    private void fail(Call<?> call, RoleFailedException failure) {
        String reason = failure.reason();
        call.failed().accept(reason);
        sitting.setAside(call.role(), call.instructionId(), reason);
        synchronized (lock) {
            setAside.add(call.item());
            if (setAside.size() > config.toleratedFailureShare() * items) {
                end(new TooManyFailuresException(
                        sitting.iteration(),
                        sitting.stage(),
                        setAside.size(),
                        items,
                        config.toleratedFailureShare(),
                        failure));
            }
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
            items = Math.max(items, count);
        }
    }

    int failedItems() {
        synchronized (lock) {
            return setAside.size();
        }
    }

    /** Waits until no call is outstanding. */
    void awaitAll() {
        awaitAtMost(0);
    }

    /** Waits until at most this many calls are outstanding. */
    void awaitAtMost(int calls) {
        await(() -> outstanding <= calls);
    }

    /**
     * Waits until a condition holds, which is looked at after each call.
     *
     * @throws StoppedException when the run is stopped first
     */
    void await(BooleanSupplier condition) {
        try {
            synchronized (lock) {
                fatal.ifPresent(StageCalls::rethrow);
                while (!condition.getAsBoolean()) {
                    sitting.context().stop().throwIfRequested();
                    lock.wait(STOP_NOTICED_MILLIS);
                    fatal.ifPresent(StageCalls::rethrow);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while calls were under way");
        }
    }

    private static void rethrow(Throwable reason) {
        if (reason instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) reason;
    }

    /** Starts no more calls, and waits for those under way, so that what they bring is kept. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        threads.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(config.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                giveUp();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            giveUp();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveUp() {
        int calls;
        synchronized (lock) {
            calls = outstanding;
        }
        sitting.notice(calls + " calls were still under way after " + config.stopTimeout()
                + " (stopTimeout) and are interrupted; they are made again when the run goes on");
        threads.shutdownNow();
    }
}
