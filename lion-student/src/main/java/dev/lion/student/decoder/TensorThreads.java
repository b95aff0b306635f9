package dev.lion.student.decoder;

import ai.djl.pytorch.jni.JniUtils;
import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.lion.role.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads that a decoder's passes run on. Small decoders use every processor for a pass of its own: splitting their
 * short operations costs more than it gains, and on a busy machine many times more. Large decoders make one pass at a time,
 * with every operation split over the processors.
 */
public final class TensorThreads implements AutoCloseable {
    /** From here on a single operation is long enough to be split. */
    private static final long LARGE_PARAMETERS = 30_000_000;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final long SECONDS_AT_EXIT = 10;

    /** After so long the thread that uses all processors ends, and its helpers with it. */
    private static final long SECONDS_IDLE = 30;

    private final int passes;
    private final ThreadPoolExecutor pool;
    private final ThreadPoolExecutor all;
    private final Thread exitHook = new Thread(this::finishBeforeExit, "lion-tensors-exit");

    private TensorThreads(int passes, int threadsOfPass) {
        this.passes = passes;
        this.pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(passes, work -> thread(work, threadsOfPass));
        this.all = new ThreadPoolExecutor(
                1,
                1,
                SECONDS_IDLE,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> thread(work, passes * threadsOfPass));
        all.allowCoreThreadTimeOut(true);
        Runtime.getRuntime().addShutdownHook(exitHook);
    }

    private static Thread thread(Runnable work, int threadsOfOperation) {
        var thread = new TensorThread(() -> {
            TensorEngine.start();
            // the engine settles a thread's number once, at its first use, from what any thread of the process set
            // last; only what the thread sets after that is its own, whatever another pool sets meanwhile
            JniUtils.getNumThreads();
            JniUtils.setNumThreads(threadsOfOperation);
            work.run();
        });
        thread.setDaemon(true);
        return thread;
    }

    /** A thread of one of these pools. */
    private static final class TensorThread extends Thread {
        TensorThread(Runnable work) {
            super(work, "lion-tensors-" + COUNT.incrementAndGet());
        }
    }

    /**
     * Refuses what would wait for itself.
     *
     * @throws IllegalStateException when this is called from work that the threads do, such as a reader of an answer's text
     */
    public static void requireOutside(String what) {
        if (Thread.currentThread() instanceof TensorThread) {
            throw new IllegalStateException(
                    what + " was called by a callback, on a thread of the student's own, which it would"
                            + " wait for; call it from another thread");
        }
    }

    /** As many threads as given, divided as suits a decoder of this size. */
    public static TensorThreads of(int threads, DecoderConfig config) {
        return isLarge(config) ? new TensorThreads(1, threads) : new TensorThreads(threads, 1);
    }

    /** Whether a single operation is long enough to be split. */
    static boolean isLarge(DecoderConfig config) {
        return config.parameterCount() >= LARGE_PARAMETERS;
    }

    /** Passes that run at the same time. */
    public int passes() {
        return passes;
    }

    /**
     * The results of all tasks, in order; what the first that failed threw, otherwise. Returns when no task runs any more,
     * even if this thread is interrupted meanwhile: the interrupt stays for the caller to see, and tensors that a task uses
     * may be freed afterwards.
     *
     * @throws StoppedException when the process is ending, so that not all tasks were begun
     */
    public <T> List<T> run(List<? extends Callable<T>> tasks) {
        requireOutside("work of a student");
        var futures = beginAll(tasks);
        var results = new ArrayList<T>();
        var failures = new ArrayList<Throwable>();
        for (Future<T> future : futures) {
            try {
                results.add(Uninterruptibles.getUninterruptibly(future));
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        if (!failures.isEmpty()) {
            Throwables.throwIfUnchecked(failures.get(0));
            throw new CompletionException(failures.get(0));
        }
        if (futures.size() < tasks.size()) {
            throw new StoppedException("the process is ending, so the student begins nothing more");
        }
        return results;
    }

    private <T> List<Future<T>> beginAll(List<? extends Callable<T>> tasks) {
        var futures = new ArrayList<Future<T>>();
        try {
            for (Callable<T> task : tasks) {
                futures.add(pool.submit(task));
            }
        } catch (RejectedExecutionException e) {
            return futures;
        }
        return futures;
    }

    /** The result of one task. */
    public <T> T run(Callable<T> task) {
        return run(List.of(task)).get(0);
    }

    /**
     * Begins a task that looks now and then whether it {@link #isEnding()}.
     *
     * @throws RejectedExecutionException when the process is ending
     */
    public void begin(Runnable task) {
        pool.execute(task);
    }

    /**
     * The result of a part of a task with every operation split over as many processors as there are threads; only for a task
     * that runs alone, as the other threads have their own passes to make. It is made by one thread that makes nothing else:
     * OpenMP gives each thread that splits its operations helpers of its own, and once there are more of them than processors
     * they sleep between two operations rather than look for the next, which takes longer than the operations.
     */
    public <T> T onAll(Supplier<T> part) {
        if (passes == 1) {
            return part.get();
        }
        try {
            return CompletableFuture.supplyAsync(part, all).join();
        } catch (CompletionException e) {
            Throwables.throwIfUnchecked(Objects.requireNonNull(e.getCause()));
            throw e;
        }
    }

    /** Whether tasks wait for a thread: a long one lets them go first. */
    public boolean isAwaited() {
        return !pool.getQueue().isEmpty();
    }

    /** Whether the process is ending, or this is closed: a long task comes to its end. */
    public boolean isEnding() {
        return pool.isShutdown();
    }

    /** Lets running passes end: the process would crash if it took the native library away under them. */
    void finishBeforeExit() {
        pool.shutdown();
        try {
            pool.awaitTermination(SECONDS_AT_EXIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when no task runs any more. */
    @Override
    public void close() {
        requireOutside("close");
        pool.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(pool);
        all.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(all);
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook with it
        }
    }
}
