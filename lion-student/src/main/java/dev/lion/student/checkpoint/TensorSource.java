package dev.lion.student.checkpoint;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * Where the values of named tensors come from, on disk or in memory: piece by piece, so that nobody needs a second copy of a
 * tensor. Folders are sources, and a writer takes any.
 */
@FunctionalInterface
public interface TensorSource {
    /**
     * Gives all numbers of a tensor as fp32, rows first, from the first to the last.
     *
     * @param chunks gets them in pieces, from a buffer's position to its limit; the buffer must not be used once it returns
     * @throws CheckpointException when a file does not give the tensor; the message names both
     */
    void read(String name, Consumer<FloatBuffer> chunks) throws IOException;

    /**
     * Gives a tensor's numbers to a buffer, from its position to its limit.
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
