package dev.lion.teacher.chat;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a provider's headers say of one limit. Immutable, so any thread may use it.
 *
 * @param limit how much may be used in a time that the header does not name; at least 1
 * @param remaining how much of it was left
 * @param reset when all of it is there again, from the moment of the reply
 */
public record Quota(long limit, long remaining, Duration reset) {
    private static final Duration MINUTE = Duration.ofSeconds(61);

    public Quota {
        if (limit < 1 || remaining < 0 || remaining > limit || reset.isNegative()) {
            throw new IllegalArgumentException("not a quota: " + remaining + " of " + limit + ", reset in " + reset);
        }
    }

    /**
     * The limit as a rate per minute, as the providers mean it; empty when the reset is so far away that the time must be a longer
     * one, such as a day.
     */
    public OptionalLong perMinute() {
        return reset.compareTo(MINUTE) > 0 ? OptionalLong.empty() : OptionalLong.of(limit);
    }
}
