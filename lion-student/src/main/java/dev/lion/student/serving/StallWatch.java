package dev.lion.student.serving;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts threads that wait for a client longer than they may: the interrupt closes the client's channel. Each thread
 * starts and stops its own wait; there is one at a time.
 */
final class StallWatch implements AutoCloseable {
    private static final int SWEEPS = 4;

    private final Map<Thread, Long> deadlines = new ConcurrentHashMap<>();
    private final Duration patience;
    private final ScheduledExecutorService sweeper;

    /**
     * A watch.
     *
     * @param patience for waits that say nothing else
     * @param shortest the shortest of any wait
     */
    StallWatch(Duration patience, Duration shortest) {
        this.patience = patience;
        this.sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "lion-serve-watch");
            thread.setDaemon(true);
            return thread;
        });
        long pause = Math.max(1, shortest.toMillis() / SWEEPS);
        var unused = sweeper.scheduleAtFixedRate(this::sweep, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** The calling thread begins to wait for its client, or begins anew. */
    void start() {
        start(patience);
    }

    /** The same, with another patience. */
    void start(Duration limit) {
        deadlines.put(Thread.currentThread(), System.nanoTime() + limit.toNanos());
    }

    /** The calling thread waits no longer; an interrupt that came too late to matter is taken back. */
    void stop() {
        if (deadlines.remove(Thread.currentThread()) == null) {
            boolean unused = Thread.interrupted();
        }
    }

    /** Looks at one thread at a time, which cannot stop its wait meanwhile. */
    private void sweep() {
        long now = System.nanoTime();
        for (Thread waiting : deadlines.keySet()) {
            deadlines.computeIfPresent(waiting, (thread, deadline) -> {
                if (now - deadline < 0) {
                    return deadline;
                }
                thread.interrupt();
                return null;
            });
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
