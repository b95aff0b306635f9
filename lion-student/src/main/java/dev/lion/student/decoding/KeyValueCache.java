package dev.lion.student.decoding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.TokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A batch of rows with the keys and values of all their tokens, and the logits that follow. A token lies in the slot of its
 * position, and a row looks no further than its own position, so its result does not depend on the rows beside it.
 */
final class KeyValueCache implements AutoCloseable {
    private static final int TOKENS_PER_CALL = 32;
    private static final int PREFILL_TOKENS = 8192;

    private final Decoder decoder;
    private final IValue weights;
    private final NDManager manager;
    private List<Row> rows;
    private NDArray cache;
    private NDArray logits;

    /** Reads the prompts of rows, the shorter first, that all have tokens left to write. */
    KeyValueCache(Decoder decoder, IValue weights, List<Row> rows) {
        this.decoder = decoder;
        this.weights = weights;
        this.rows = rows;
        this.manager = decoder.manager().newSubManager();
        try {
            this.cache = empty();
            this.logits = prefill();
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    private NDArray empty() {
        try (var call = decoder.call("cache")) {
            return call.with(weights).with(rows.size()).with(slots()).runForArray(manager);
        }
    }

    /** Slots for what the next call may write. */
    private int slots() {
        return rows.stream()
                .mapToInt(row -> row.position() + tokensOfNextCall())
                .max()
                .orElseThrow();
    }

    private int tokensOfNextCall() {
        int longest = rows.stream().mapToInt(Row::remaining).max().orElseThrow();
        return Math.min(TOKENS_PER_CALL, longest);
    }

    private NDArray prefill() {
        var parts = new NDList();
        int rowsAtOnce = Math.max(1, PREFILL_TOKENS / rows.get(rows.size() - 1).position());
        for (int start = 0; start < rows.size(); start += rowsAtOnce) {
            parts.add(prefill(start, Math.min(rows.size(), start + rowsAtOnce)));
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        try (parts) {
            return NDArrays.concat(parts);
        }
    }

    private NDArray prefill(int start, int end) {
        var prompts = rows.subList(start, end).stream().map(Row::prompt).toList();
        var lengths = prompts.stream().map(Prompt::length).toList();
        var last = new long[prompts.size()];
        long tokens = 0;
        for (int row = 0; row < last.length; row++) {
            tokens += lengths.get(row);
            last[row] = tokens - 1;
        }
        var stream = TokenStream.of(lengths, (row, place) -> prompts.get(row).token(place));
        try (NDManager scope = manager.newSubManager();
                var call = decoder.call("prefill")) {
            return decoder.stream(call.with(weights).with(cache), scope, stream)
                    .with(scope.create(last))
                    .with(start)
                    .runForArray(manager);
        }
    }

    /** Writes up to {@value #TOKENS_PER_CALL} tokens of every row, fewer when half of the rows are done before. */
    void advance(DecodingConfig config, Set<Integer> ends) {
        try (NDManager scope = manager.newSubManager();
                var call = decoder.call("decode")) {
            var results = call.with(weights)
                    .with(decoder.frequencies())
                    .with(cache)
                    .with(logits)
                    .with(scope.create(rows.stream().mapToLong(Row::position).toArray()))
                    .with(uniforms(scope))
                    .with(scope.create(rows.stream().mapToLong(Row::remaining).toArray()))
                    .with(scope.create(
                            ends.stream().mapToLong(Integer::longValue).toArray()))
                    .with(rows.size() / 2 + 1L)
                    .with(config.temperature())
                    .with(config.topK())
                    .with(config.topP())
                    .runForArrays(scope);
            append(results.get(0).toLongArray(), ends);
            logits.close();
            logits = results.get(1);
            logits.attach(manager);
        }
    }

    private NDArray uniforms(NDManager scope) {
        int count = tokensOfNextCall();
        var uniforms = new double[rows.size() * count];
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < count; i++) {
                uniforms[row * count + i] = rows.get(row).uniform(i);
            }
        }
        return scope.create(uniforms, new Shape(rows.size(), count));
    }

    private void append(long[] tokens, Set<Integer> ends) {
        int count = tokens.length / rows.size();
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] >= 0) {
                rows.get(i / count).append((int) tokens[i], ends);
            }
        }
    }

    /** Drops the rows that are done and makes room for the others' next tokens; false when none is left. */
    boolean keepUnfinished() {
        var places = new ArrayList<Long>();
        var left = new ArrayList<Row>();
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.get(row).isDone()) {
                places.add((long) row);
                left.add(rows.get(row));
            }
        }
        rows = left;
        if (!left.isEmpty()) {
            keep(places.stream().mapToLong(Long::longValue).toArray());
        }
        return !left.isEmpty();
    }

    private void keep(long... places) {
        try (NDManager scope = manager.newSubManager();
                var call = decoder.call("keep")) {
            var kept = call.with(cache)
                    .with(logits)
                    .with(scope.create(places))
                    .with(slots())
                    .runForArrays(manager);
            cache.close();
            logits.close();
            cache = kept.get(0);
            logits = kept.get(1);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
