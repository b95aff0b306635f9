package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a call ended whose thread was interrupted.
 *
 * @param thrown what it threw; empty when it returned
 * @param flagKept whether the thread's interrupt flag was set afterwards
 */
record InterruptedCall(Optional<Throwable> thrown, boolean flagKept) {
    /** Makes a call on a thread that was interrupted before. */
    static InterruptedCall interruptedBefore(Callable<?> call, Duration patience) throws Exception {
        return of(
                () -> {
                    Thread.currentThread().interrupt();
                    return call.call();
                },
                new CountDownLatch(0),
                false,
                patience);
    }

    /** Interrupts the thread of a call that is under way. */
    static InterruptedCall interruptedIn(Callable<?> call, CountDownLatch reached, Duration patience) throws Exception {
        return of(call, reached, true, patience);
    }

    private static InterruptedCall of(Callable<?> call, CountDownLatch reached, boolean interrupt, Duration patience)
            throws Exception {
        CompletableFuture<InterruptedCall> ending = new CompletableFuture<>();
        Thread thread = new Thread(() -> ending.complete(end(call)), "interrupted-call");
        thread.setDaemon(true);
        thread.start();
        assertThat(reached.await(patience.toNanos(), TimeUnit.NANOSECONDS))
                .as("the call was under way within %s", patience)
                .isTrue();
        if (interrupt) {
            thread.interrupt();
        }
        try {
            return ending.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "the call was still under way " + patience
                            + " after its thread was interrupted; let the interrupt end what it waits for",
                    e);
        }
    }

    private static InterruptedCall end(Callable<?> call) {
        try {
            call.call();
            return new InterruptedCall(Optional.empty(), Thread.interrupted());
        } catch (Throwable e) {
            return new InterruptedCall(Optional.of(e), Thread.interrupted());
        }
    }

    /** The interrupt must have been passed on: as an {@link InterruptedException}, or by the flag. */
    void assertPassedOn() {
        assertThat(flagKept
                        || thrown.filter(InterruptedException.class::isInstance).isPresent())
                .as(
                        "the interrupt was lost (the call ended with %s); throw InterruptedException, or set the flag"
                                + " again: Thread.currentThread().interrupt()",
                        thrown.map(Object::toString).orElse("a result"))
                .isTrue();
    }
}
