package dev.lion.student.checkpoint;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** Named tensors on disk. Reading takes a few MiB of memory, however large a tensor is; threads may read at the same time. */
public interface StoredTensors {
    /**
     * Reads a tensor as fp32, rows first, piece by piece from its first number to its last.
     *
     * @param chunks gets at most 262,144 numbers at a time, in a buffer that is used again once it returns
     * @throws CheckpointException when there is no such tensor, its dtype does not hold weights, or a number is NaN or
     *     infinite; the message names file and tensor
     */
    void read(String name, Consumer<FloatBuffer> chunks) throws IOException;

    /**
     * Reads a tensor into the buffer, from its position to its limit.
     *
     * @throws CheckpointException as for {@link #read}
     * @throws IllegalArgumentException when the buffer has room for fewer or more numbers than the tensor has
     */
    default void readInto(String name, FloatBuffer target) throws IOException {
        int room = target.remaining();
        read(name, chunk -> {
            if (chunk.remaining() > target.remaining()) {
                throw new IllegalArgumentException("tensor " + name + " has more numbers than the buffer's " + room);
            }
            target.put(chunk);
        });
        if (target.hasRemaining()) {
            throw new IllegalArgumentException(
                    "tensor " + name + " has " + (room - target.remaining()) + " numbers, not the buffer's " + room);
        }
    }
}
