package dev.lion.student.decoding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.TokenStream;
import java.util.ArrayList;
import java.util.List;

/** The rows that one thread continues together, with the keys and values of all their tokens. */
final class Batch implements AutoCloseable {
    private final Decoder decoder;
    private final IValue weights;
    private final List<One> all = new ArrayList<>();

    Batch(Decoder decoder, IValue weights) {
        this.decoder = decoder;
        this.weights = weights;
    }

    int size() {
        return all.size();
    }

    void admit(List<Row> rows) {
        rows.forEach(row -> all.add(new One(row)));
    }

    /** A token for every row. */
    void advance() {
        all.forEach(One::advance);
    }

    /** Takes out the rows of which none is wanted any more. */
    List<Row> remove(java.util.function.Predicate<Row> done) {
        var out = new ArrayList<Row>();
        all.removeIf(one -> {
            if (done.test(one.row)) {
                out.add(one.row);
                one.manager.close();
                return true;
            }
            return false;
        });
        return out;
    }

    List<Row> rows() {
        return all.stream().map(one -> one.row).toList();
    }

    private final class One {
        private final Row row;
        private final NDManager manager;
        private final NDArray cache;
        private NDArray logits;

        One(Row row) {
            this.row = row;
            this.manager = decoder.manager().newSubManager();
            try (var call = decoder.call("cache")) {
                cache = call.with(weights)
                        .with(1)
                        .with(row.position() + row.remaining())
                        .runForArray(manager);
            }
            var stream = TokenStream.of(List.of(row.position()), (sequence, place) -> row.token(place));
            try (NDManager scope = manager.newSubManager();
                    var call = decoder.call("prefill")) {
                logits = decoder.stream(call.with(weights).with(cache), scope, stream)
                        .with(scope.create(new long[] {row.position() - 1}))
                        .with(0)
                        .runForArray(manager);
            }
        }

        void advance() {
            try (NDManager scope = manager.newSubManager();
                    var call = decoder.call("decode")) {
                float[] before = logits.toFloatArray();
                var results = call.with(weights)
                        .with(decoder.frequencies())
                        .with(cache)
                        .with(logits)
                        .with(scope.create(new long[] {row.position()}))
                        .with(scope.create(new double[] {row.uniform(0)}, new Shape(1, 1)))
                        .with(scope.create(new long[] {row.remaining()}))
                        .with(scope.create(new long[] {-1}))
                        .with(0)
                        .with(row.config().temperature())
                        .with(row.config().topK())
                        .with(row.config().topP())
                        .runForArrays(scope);
                int token = (int) results.get(0).toLongArray()[0];
                row.append(token, logProbability(before, token));
                logits.close();
                logits = results.get(1);
                logits.attach(manager);
            }
        }

        private static double logProbability(float[] logits, int token) {
            double most = Double.NEGATIVE_INFINITY;
            for (float z : logits) {
                most = Math.max(most, z);
            }
            double sum = 0;
            for (float z : logits) {
                sum += Math.exp(z - most);
            }
            return logits[token] - most - Math.log(sum);
        }
    }

    @Override
    public void close() {
        all.forEach(one -> one.manager.close());
    }
}
