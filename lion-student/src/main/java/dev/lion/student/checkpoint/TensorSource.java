package dev.lion.student.checkpoint;

import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * Where the values of named tensors come from. A writer asks for one tensor at a time, in the order in which it writes
 * them, and does not keep what it got: a source may make each buffer when it is asked.
 */
@FunctionalInterface
public interface TensorSource {
    /** The tensor's values, rows first, from the buffer's position to its limit. */
    FloatBuffer floats(String name) throws IOException;
}
