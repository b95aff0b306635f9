package dev.lion.teacher.chat;

/**
 * What a {@link RetryingChatModel} did so far.
 *
 * @param calls calls that ended, however they did
 * @param attempts requests to the wrapped model
 * @param recovered calls that succeeded after a failed attempt
 * @param givenUp calls that failed with a failure of the kind that is repeated
 */
public record RetryCounts(long calls, long attempts, long recovered, long givenUp) {
    /** Attempts beyond the first of each call. */
    public long repeated() {
        return attempts - calls;
    }
}
