package dev.lion.student.checkpoint;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The weights of {@code src/test/python/reference_logits.py}, by the rule that is written there. */
final class ReferenceWeights implements TensorSource {
    private final Map<String, List<Long>> shapes;

    ReferenceWeights(Map<String, List<Long>> shapes) {
        this.shapes = shapes;
    }

    @Override
    public void read(String name, Consumer<FloatBuffer> chunks) {
        long start = fnv1a64(name);
        List<Long> shape = Objects.requireNonNull(shapes.get(name), name);
        var values = FloatBuffer.allocate((int) SafetensorsHeader.count(shape));
        for (int place = 0; place < values.capacity(); place++) {
            int k = (int) (splitmix64(start + place) >>> 56) - 128;
            values.put(place, name.endsWith("norm.weight") ? 1 + Math.floorDiv(k, 4) / 64f : k / 256f);
        }
        chunks.accept(values);
    }

    private static long fnv1a64(String text) {
        long value = 0xCBF29CE484222325L;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            value = (value ^ (one & 0xff)) * 0x100000001B3L;
        }
        return value;
    }

    private static long splitmix64(long state) {
        long z = state + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
