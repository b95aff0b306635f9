package dev.lion.loop;

import dev.lion.role.StoppedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for hours without seeming to hang, and ending at once when the run is stopped. For the coordinating thread. */
final class BatchWait {
    private static final long STOP_NOTICED_MILLIS = 50;

    private final RunContext context;

    BatchWait(RunContext context) {
        this.context = context;
    }

    void pause(Duration duration) {
        until(System.nanoTime() + duration.toNanos());
    }

    /** @throws StoppedException when the run is stopped, or its time is over, or the thread is interrupted */
    void until(long nanoTime) {
        try {
            for (long left = 0; left >= 0; left = nanoTime - System.nanoTime()) {
                context.stop().throwIfRequested();
                context.watch().moved(); // waiting is what the run is at
                long longest = TimeUnit.MILLISECONDS.toNanos(STOP_NOTICED_MILLIS);
                context.stop().pause(Duration.ofNanos(Math.min(longest, Math.max(0, nanoTime - System.nanoTime()))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while batches were waited for");
        }
    }
}
