package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Work on threads of its own. */
final class AtOnce {
    private AtOnce() {}

    /**
     * Does each piece of work on a thread of its own; all start together.
     *
     * @param patience how long one piece may take
     * @return the results, in the order of the work
     * @throws Exception an {@link java.util.concurrent.ExecutionException} for the first piece that failed
     */
    static <T> List<T> call(List<Callable<T>> work, Duration patience) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        CountDownLatch ready = new CountDownLatch(work.size());
        try {
            List<Future<T>> pending = new ArrayList<>();
            for (Callable<T> piece : work) {
                pending.add(threads.submit(() -> {
                    ready.countDown();
                    assertThat(ready.await(patience.toNanos(), TimeUnit.NANOSECONDS))
                            .isTrue();
                    return piece.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : pending) {
                results.add(each.get(patience.toNanos(), TimeUnit.NANOSECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Does one piece of work after the other, each on another thread. */
    static <T> List<T> inTurn(List<Callable<T>> work, Duration patience) throws Exception {
        List<T> results = new ArrayList<>();
        for (Callable<T> piece : work) {
            results.addAll(call(List.of(piece), patience));
        }
        return results;
    }
}
