package dev.lion.teacher.chat;

import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A call on a thread of its own. Its caller may stop waiting for it; then only a listener learns what it brings. */
final class LimitedCall implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LimitedCall.class);

    private final Supplier<ChatResponse> call;
    private final Consumer<ChatResponse> late;
    private final AtomicInteger leftBehind;
    private final @Nullable Map<String, String> context = MDC.getCopyOfContextMap();
    private final CompletableFuture<ChatResponse> outcome = new CompletableFuture<>();
    private @Nullable Thread thread;
    private boolean givenUp;

    /**
     * A call, made by its caller.
     *
     * @param late takes a response that came after the caller had given up
     * @param leftBehind counts the calls that were given up and go on
     */
    LimitedCall(Supplier<ChatResponse> call, Consumer<ChatResponse> late, AtomicInteger leftBehind) {
        this.call = call;
        this.late = late;
        this.leftBehind = leftBehind;
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        if (context != null) {
            MDC.setContextMap(context);
        }
        try {
            ChatResponse response = call.get();
            if (!end(() -> outcome.complete(response))) {
                tell(response);
            }
        } catch (Throwable e) {
            if (!end(() -> outcome.completeExceptionally(e))) {
                LOG.debug("a call that was given up has failed: {}", ProviderWords.quote(e));
            }
        } finally {
            MDC.clear();
        }
    }

    private synchronized boolean begin() {
        if (givenUp) {
            leftBehind.decrementAndGet();
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    // after this, no interrupt comes from the caller any more
    private synchronized boolean end(Runnable handOver) {
        thread = null;
        if (givenUp) {
            leftBehind.decrementAndGet();
            Thread.interrupted();
            return false;
        }
        handOver.run();
        return true;
    }

    private void tell(ChatResponse response) {
        try {
            late.accept(response);
        } catch (Throwable e) { // its errors are not the call's, which has ended
            LOG.warn("the listener of late replies failed", e);
        }
    }

    /** Waits for the outcome. */
    ChatResponse await(Duration time) throws InterruptedException, TimeoutException {
        try {
            return outcome.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    /** Stops waiting: interrupts the call and throws; or returns or throws the outcome, if it has come this moment. */
    ChatResponse giveUp(RuntimeException reason) {
        synchronized (this) {
            if (!outcome.isDone()) {
                givenUp = true;
                leftBehind.incrementAndGet();
                if (thread != null) {
                    thread.interrupt();
                }
                throw reason;
            }
        }
        try {
            return outcome.join();
        } catch (java.util.concurrent.CompletionException e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Exception wrapper) {
        Throwable failure = wrapper.getCause();
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}
