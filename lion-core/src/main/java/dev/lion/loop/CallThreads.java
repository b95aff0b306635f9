package dev.lion.loop;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A fixed number of threads for calls. One whose call hangs for good can be replaced: it is left behind, until it comes
 * back and ends. May be used from any thread.
 */
final class CallThreads implements AutoCloseable {
    private final int size;
    private final ThreadPoolExecutor pool;
    private int leftBehind;

    CallThreads(int size) {
        this.size = size;
        this.pool = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                CallThreads::newThread,
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "lion-call");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs some work when a thread is free; drops it once this is closed. */
    void execute(Runnable work) {
        pool.execute(work);
    }

    /** A thread hangs: another one takes its place. Returns how many hang at this moment. */
    synchronized int replaceOne() {
        leftBehind++;
        resize();
        return leftBehind;
    }

    /** A thread that hung is done after all; called by itself. */
    synchronized void cameBack() {
        leftBehind--;
        resize();
    }

    /** How many threads have work at this moment. */
    int busy() {
        return pool.getActiveCount();
    }

    private void resize() {
        int threads = size + leftBehind;
        if (threads > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(threads);
            pool.setCorePoolSize(threads);
        } else {
            pool.setCorePoolSize(threads);
            pool.setMaximumPoolSize(threads);
        }
    }

    /** Takes no more work, and interrupts what is still under way. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
