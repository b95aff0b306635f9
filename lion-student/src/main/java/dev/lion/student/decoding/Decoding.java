package dev.lion.student.decoding;

import com.google.common.base.Throwables;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** An answer that is being written. May be used from any thread. */
public final class Decoding {
    private final int promptTokens;
    private final CompletableFuture<Continuation> result = new CompletableFuture<>();
    private volatile boolean cancelled;

    Decoding(int promptTokens) {
        this.promptTokens = promptTokens;
    }

    /** Tokens of the prompt. */
    public int promptTokens() {
        return promptTokens;
    }

    /**
     * The whole answer, once it is written. An interrupt ends the waiting, not the writing: whoever wants no answer any more
     * calls {@link #cancel()}.
     *
     * @throws CancellationException when it was cancelled, or the decoder closed
     */
    public Continuation await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            Throwables.throwIfUnchecked(cause);
            throw new CompletionException(cause);
        }
    }

    /**
     * The whole answer, once it is written; completed on the decoder's thread, so what depends on it must be quick or go
     * elsewhere.
     */
    public CompletableFuture<Continuation> result() {
        return result.copy();
    }

    /** Writes no further: the place is free with the next token, of a small decoder with the next few, and the result fails with {@link CancellationException}. */
    public void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void complete(Continuation continuation) {
        result.complete(continuation);
    }

    void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }
}
