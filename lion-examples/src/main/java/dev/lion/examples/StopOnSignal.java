package dev.lion.examples;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into a graceful stop: the process ends once the command has ended by itself, or after a minute. The stop is
 * asked for on the JVM's shutdown thread.
 */
public final class StopOnSignal {
    private static final long PATIENCE_SECONDS = 60;
    private static final CountDownLatch COMMAND_ENDED = new CountDownLatch(1);

    private StopOnSignal() {}

    /** Does work of which what is in flight is finished and kept, as {@link #during(Callable, Runnable, String)}. */
    public static <T> T during(Callable<T> work, Runnable stop) throws Exception {
        return during(work, stop, "what is in flight is finished and kept");
    }

    /** Does the work; a signal to end meanwhile calls {@code stop} and waits for {@link #commandEnded}; the farewell is printed. */
    static <T> T during(Callable<T> work, Runnable stop, String farewell) throws Exception {
        Thread hook = new Thread(() -> stopAndWait(stop, farewell), "lion-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            remove(hook);
        }
    }

    /** Says that nothing is left to be done, so that a process that was told to end may. */
    static void commandEnded() {
        COMMAND_ENDED.countDown();
    }

    private static void stopAndWait(Runnable stop, String farewell) {
        stop.run();
        System.err.println();
        System.err.println("stopping: " + farewell);
        try {
            if (!COMMAND_ENDED.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("not waiting longer; what was written before is kept");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is at work already.
            return;
        }
    }
}
