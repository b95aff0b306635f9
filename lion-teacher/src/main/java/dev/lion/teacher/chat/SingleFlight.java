package dev.lion.teacher.chat;

import dev.langchain4j.exception.LangChain4jException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Lets one of several equal calls that are under way at the same time be made, and gives its outcome to all. For any thread.
 *
 * @param <R> what a call brings
 */
final class SingleFlight<R> {
    private final ConcurrentHashMap<String, CompletableFuture<R>> underWay = new ConcurrentHashMap<>();

    /**
     * Makes a call, or waits for the equal one that is under way.
     *
     * @param call made by one of the threads; its failure is the failure of all, unless its thread was interrupted, and then
     *     another one makes the call
     * @param shared what the others get of a result
     * @throws RuntimeException the failure of the call, in a form that says that it is charged once only
     * @throws LangChain4jException with an {@link InterruptedException} as its cause, when this thread is interrupted while it
     *     waits; the flag is then set
     */
    R call(String key, Supplier<R> call, UnaryOperator<R> shared) {
        while (true) {
            CompletableFuture<R> own = new CompletableFuture<>();
            CompletableFuture<R> first = underWay.putIfAbsent(key, own);
            if (first == null) {
                return lead(key, call, own);
            }
            try {
                return shared.apply(first.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotSentException("interrupted while an equal request was under way; no call was made", e);
            } catch (ExecutionException e) {
                Throwable failure = Objects.requireNonNull(e.getCause());
                if (CallFailure.of(failure).reason() != CallFailure.Reason.INTERRUPTED) {
                    throw failureOfAll(failure);
                }
            }
        }
    }

    private static RuntimeException failureOfAll(Throwable failure) {
        if (failure instanceof RuntimeException known && CallFailure.of(known).isUnbilled()) {
            return known;
        }
        String message = "an equal request that was under way has failed: " + ProviderWords.quote(failure);
        return Attempts.sameKind(message, failure, new NotSentException("no call was made for this one", failure));
    }

    private R lead(String key, Supplier<R> call, CompletableFuture<R> own) {
        try {
            R result = call.get();
            underWay.remove(key, own);
            own.complete(result);
            return result;
        } catch (Throwable failure) {
            underWay.remove(key, own);
            own.completeExceptionally(failure);
            throw failure;
        }
    }
}
