package dev.lion.examples.experiment;

import dev.lion.role.StoppedException;
import java.util.concurrent.Callable;

/** Carries the wish to stop to whatever is running. */
final class Stopping {
    private boolean requested;
    private Runnable present = () -> {};

    /** Any thread. */
    synchronized void request() {
        requested = true;
        present.run();
    }

    /** @throws StoppedException when somebody wants to stop */
    synchronized void check() {
        if (requested) {
            throw new StoppedException("the same command continues");
        }
    }

    /**
     * Does work that {@code stop} ends early.
     *
     * @throws StoppedException when the wish is older than the work
     */
    <T> T during(Callable<T> work, Runnable stop) throws Exception {
        set(stop);
        try {
            check();
            return work.call();
        } finally {
            set(() -> {});
        }
    }

    private synchronized void set(Runnable stop) {
        present = stop;
    }
}
