package dev.lion.teacher.chat;

import java.time.Duration;

/** Is told of each attempt that a {@link RetryingChatModel} repeats, on the calling thread; what it throws is logged. */
@FunctionalInterface
public interface RetryListener {
    /**
     * An attempt failed and is repeated.
     *
     * @param attempt its number, counted from 1
     * @param failure why it failed
     * @param pause how long the call waits before the next one
     */
    void repeating(int attempt, CallFailure failure, Duration pause);
}
