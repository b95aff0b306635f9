package dev.lion.student;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.lion.student.checkpoint.TensorSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Compares weights on the disk with those in memory, without a second copy of either. */
final class WrittenWeights {
    /** Numbers of the largest tensor of which a difference is measured once it is known that there is one. */
    private static final long MEASURED = 1L << 26;

    private final TensorSource student;
    private final Rounding rounding;

    WrittenWeights(TensorSource student, Rounding rounding) {
        this.student = student;
        this.rounding = rounding;
    }

    /** What becomes of numbers that are written. */
    interface Rounding {
        /** Rounds the first numbers of a tensor's piece. */
        void round(String name, float[] values, int count);
    }

    /** Adds each tensor that is not what the student's becomes by rounding. */
    void compare(TensorSource written, Collection<String> names, List<String> differences) throws IOException {
        for (String name : names) {
            if (!hash(rounded(), name).equals(hash(written, name))) {
                differences.add("the weights of " + name + " are others" + measured(written, name));
            }
        }
    }

    private TensorSource rounded() {
        return (name, chunks) -> student.read(name, chunk -> {
            var values = new float[chunk.remaining()];
            chunk.duplicate().get(values);
            rounding.round(name, values, values.length);
            chunks.accept(FloatBuffer.wrap(values));
        });
    }

    private static HashCode hash(TensorSource source, String name) throws IOException {
        var hasher = Hashing.crc32c().newHasher();
        source.read(name, chunk -> {
            var bytes = ByteBuffer.allocate(chunk.remaining() * Float.BYTES).order(ByteOrder.nativeOrder());
            bytes.asFloatBuffer().put(chunk.duplicate());
            hasher.putBytes(bytes);
        });
        return hasher.hash();
    }

    private String measured(TensorSource written, String name) throws IOException {
        float[] expected = numbers(rounded(), name);
        float[] found = numbers(written, name);
        double largest = 0;
        int differing = 0;
        for (int i = 0; i < Math.min(expected.length, found.length); i++) {
            largest = Math.max(largest, Math.abs((double) expected[i] - found[i]));
            differing += expected[i] == found[i] ? 0 : 1;
        }
        return expected.length == 0
                ? ""
                : ": " + differing + " of " + expected.length + ", by up to " + (float) largest;
    }

    /** All numbers; none for a tensor that is too large to be held. */
    private static float[] numbers(TensorSource source, String name) throws IOException {
        var count = new AtomicLong();
        source.read(name, chunk -> count.addAndGet(chunk.remaining()));
        if (count.get() > MEASURED) {
            return new float[0];
        }
        var values = FloatBuffer.allocate((int) count.get());
        source.read(name, values::put);
        return values.array();
    }
}
