package dev.lion.student.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Slices of texts and lists, with Python's bounds: negative ones count from the end, absent ones are the whole. */
final class PythonSlice {
    private PythonSlice() {}

    /**
     * The part of a text or list.
     *
     * @param bounds start, end and step, of which the last may be left out; each a number or null
     */
    static Object of(@Nullable Object whole, List<@Nullable Object> bounds) {
        if (whole instanceof List<?> list) {
            var part = new ArrayList<@Nullable Object>();
            walk(list.size(), bounds, i -> part.add(list.get(i)));
            return part;
        }
        if (whole instanceof CharSequence text) {
            int[] points = text.codePoints().toArray();
            var part = new StringBuilder();
            walk(points.length, bounds, i -> part.appendCodePoint(points[i]));
            return part.toString();
        }
        throw new PromptException("only texts and lists have slices");
    }

    private static void walk(int size, List<@Nullable Object> bounds, IntConsumer visit) {
        int step = bounds.size() > 2 && bounds.get(2) instanceof Number number ? number.intValue() : 1;
        if (step == 0) {
            throw new PromptException("a slice's step is not 0");
        }
        int low = step > 0 ? 0 : -1;
        int high = step > 0 ? size : size - 1;
        int start = bound(bounds.get(0), size, low, high, step > 0 ? low : high);
        int end = bound(bounds.get(1), size, low, high, step > 0 ? high : low);
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            visit.accept((int) i);
        }
    }

    private static int bound(@Nullable Object bound, int size, int low, int high, int whenAbsent) {
        if (!(bound instanceof Number number)) {
            return whenAbsent;
        }
        long place = number.longValue() < 0 ? number.longValue() + size : number.longValue();
        return (int) Math.max(low, Math.min(high, place));
    }
}
