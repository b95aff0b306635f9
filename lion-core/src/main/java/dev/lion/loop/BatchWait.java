package dev.lion.loop;

import dev.lion.role.StoppedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for hours without seeming to hang, and ending at once when the run is stopped. For the coordinating thread. */
final class BatchWait {
    private static final long STOP_NOTICED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final StopSignal stop;
    private final Watch watch;

    BatchWait(RunContext context) {
        this(context.stop(), context.watch());
    }

    BatchWait(StopSignal stop, Watch watch) {
        this.stop = stop;
        this.watch = watch;
    }

    void pause(Duration duration) {
        until(System.nanoTime() + duration.toNanos());
    }

    /** @throws StoppedException when the run is stopped, or its time is over, or the thread is interrupted */
    void until(long nanoTime) {
        try {
            long left;
            do {
                stop.throwIfRequested();
                watch.moved(); // waiting is what the run is at
                left = nanoTime - System.nanoTime();
                stop.pause(Duration.ofNanos(Math.max(0, Math.min(left, STOP_NOTICED_NANOS))));
            } while (left > STOP_NOTICED_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while batches were waited for");
        }
    }
}
