package dev.lion.examples.experiment;

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

    synchronized boolean isRequested() {
        return requested;
    }

    /** Does work that {@code stop} ends early. */
    <T> T during(Callable<T> work, Runnable stop) throws Exception {
        set(stop);
        try {
            return work.call();
        } finally {
            set(() -> {});
        }
    }

    private synchronized void set(Runnable stop) {
        present = stop;
    }
}
