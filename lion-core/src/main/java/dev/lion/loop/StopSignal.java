package dev.lion.loop;

import dev.lion.role.StoppedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the run was asked to end early. May be used from any thread. */
final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    void throwIfRequested() {
        if (isRequested()) {
            throw new StoppedException("the run was stopped");
        }
    }

    /** Pauses, less long when the run is stopped meanwhile. */
    void pause(Duration duration) throws InterruptedException {
        if (requested.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throwIfRequested();
        }
    }
}
