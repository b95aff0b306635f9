package dev.lion.run;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Forces a file to disk on a thread of its own, so that nobody who writes waits for the disk. May be used from several
 * threads.
 */
final class Forcer {
    private final DiskFile file;
    private final long longestNanos;
    private final long mostBytes;
    private final Object forcing = new Object();
    private Optional<IOException> failure = Optional.empty();
    private long unforced;
    private boolean closed;

    private Forcer(DiskFile file, long longestMillis, long mostBytes) {
        this.file = file;
        this.longestNanos = TimeUnit.MILLISECONDS.toNanos(longestMillis);
        this.mostBytes = mostBytes;
    }

    /** Begins to force a file: this long after the first write that is not forced yet, or when this much is not. */
    static Forcer start(DiskFile file, long longestMillis, long mostBytes) {
        Forcer forcer = new Forcer(file, longestMillis, mostBytes);
        Thread thread = new Thread(forcer::forceUntilClosed, "lion-force");
        thread.setDaemon(true);
        thread.start();
        return forcer;
    }

    /**
     * Says that something was written.
     *
     * @throws IOException when something written earlier may not have reached the disk
     */
    synchronized void written(int bytes) throws IOException {
        throwIfFailed();
        boolean first = unforced == 0;
        unforced += bytes;
        if (first || unforced >= mostBytes) {
            notifyAll();
        }
    }

    /** Forces the rest and ends the thread; the file may be closed afterwards. */
    void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        force();
        throwIfFailed();
    }

    /** Returns once everything that was written is forced. */
    void forceNow() throws IOException {
        force();
        throwIfFailed();
    }

    // the system may drop what it could not force, so a failure is for good
    private synchronized void throwIfFailed() throws IOException {
        if (failure.isPresent()) {
            throw new IOException("forcing it to disk failed: " + failure.get().getMessage(), failure.get());
        }
    }

    private void forceUntilClosed() {
        try {
            while (awaitDue()) {
                force();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; closing still forces
        }
    }

    private synchronized boolean awaitDue() throws InterruptedException {
        while (unforced == 0 && !closed) {
            wait();
        }
        long start = System.nanoTime();
        long left = longestNanos;
        while (unforced < mostBytes && left > 0 && !closed) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = longestNanos - (System.nanoTime() - start);
        }
        return !closed;
    }

    private void force() {
        synchronized (forcing) {
            if (takeUnforced() > 0) {
                try {
                    file.force();
                } catch (IOException e) {
                    fail(e);
                }
            }
        }
    }

    private synchronized long takeUnforced() {
        long taken = unforced;
        unforced = 0;
        return taken;
    }

    private synchronized void fail(IOException e) {
        failure = Optional.of(e);
    }
}
