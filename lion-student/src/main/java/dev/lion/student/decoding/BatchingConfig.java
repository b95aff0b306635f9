package dev.lion.student.decoding;

import java.util.OptionalLong;

/**
 * How many answers are written together.
 *
 * @param rows most answers that are written at a time; default 64
 * @param cacheBytes most memory for keys and values, in bytes; default a quarter of what the machine has free, at least what
 *     one answer of the whole context takes
 * @param waiting most requests that wait for a place; default 1024
 */
public record BatchingConfig(int rows, OptionalLong cacheBytes, int waiting) {
    public BatchingConfig {
        if (rows < 1 || waiting < 0 || cacheBytes.orElse(1) < 1) {
            throw new IllegalArgumentException("not a usable batching configuration: rows " + rows
                    + " must be 1 or above, waiting " + waiting + " 0 or above, cacheBytes "
                    + cacheBytes.orElse(1) + " 1 or above");
        }
    }

    /** The defaults. */
    public static BatchingConfig defaults() {
        return new BatchingConfig(64, OptionalLong.empty(), 1024);
    }

    /** The same with other {@link #rows()}. */
    public BatchingConfig withRows(int value) {
        return new BatchingConfig(value, cacheBytes, waiting);
    }

    /** The same with other {@link #cacheBytes()}. */
    public BatchingConfig withCacheBytes(long value) {
        return new BatchingConfig(rows, OptionalLong.of(value), waiting);
    }

    /** The same with another {@link #waiting()}. */
    public BatchingConfig withWaiting(int value) {
        return new BatchingConfig(rows, cacheBytes, value);
    }
}
