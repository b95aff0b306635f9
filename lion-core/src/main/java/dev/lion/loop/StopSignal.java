package dev.lion.loop;

import dev.lion.role.StoppedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether the run was asked to end early. May be used from any thread. */
final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private volatile BooleanSupplier otherReason = () -> false;

    /** Stops the run too when something else says so, which is asked whenever somebody looks. */
    void alsoWhen(BooleanSupplier reason) {
        otherReason = reason;
    }

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0 || otherReason.getAsBoolean();
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
