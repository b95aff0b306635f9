package dev.lion.student.checkpoint;

import java.util.Objects;

/**
 * How weights are written; {@link #ofType} with {@link StoredType#F32} unless chosen otherwise.
 *
 * @param type the number type of all weights
 * @param maxShardBytes bytes of weights from which on they are split into several files; default 5 · 10⁹, as Hugging Face
 *     does. A single tensor is never split.
 */
public record CheckpointFormat(StoredType type, long maxShardBytes) {
    private static final long DEFAULT_SHARD_BYTES = 5_000_000_000L;

    public CheckpointFormat {
        Objects.requireNonNull(type, "type");
        if (maxShardBytes < 1) {
            throw new IllegalArgumentException("maxShardBytes " + maxShardBytes + " must be at least 1");
        }
    }

    /** Weights of this type, in files of at most 5 · 10⁹ bytes. */
    public static CheckpointFormat ofType(StoredType type) {
        return new CheckpointFormat(type, DEFAULT_SHARD_BYTES);
    }

    /** The same with another {@link #maxShardBytes()}. */
    public CheckpointFormat withMaxShardBytes(long value) {
        return new CheckpointFormat(type, value);
    }
}
