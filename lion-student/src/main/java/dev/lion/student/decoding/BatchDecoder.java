package dev.lion.student.decoding;

import ai.djl.pytorch.jni.IValue;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.ReadyWeights;
import dev.lion.student.decoder.TensorThreads;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Continues prompts in batches with a cache of keys and values. Prompts of similar length share a batch; rows that are done
 * leave it. What a prompt is continued with does not depend on its batch, but for the rounding of matrix products of
 * different size.
 *
 * <p>Used by the student, one call at a time: a call spreads its batches over the tensor threads and returns when all are done.
 */
public final class BatchDecoder {
    private final DecoderModel model;
    private final TensorThreads threads;
    private final DecodingConfig config;
    private final Set<Integer> ends;

    /**
     * A decoder of prompts.
     *
     * @param ends tokens that end an answer
     */
    public BatchDecoder(DecoderModel model, TensorThreads threads, DecodingConfig config, Set<Integer> ends) {
        this.model = model;
        this.threads = threads;
        this.config = config;
        this.ends = Set.copyOf(ends);
    }

    /** The continuation of each prompt, in order; empty and cut by length where the prompt already fills the context. */
    public List<Continuation> decode(List<Prompt> prompts) {
        int context = model.decoder().config().maxPositionEmbeddings();
        var rows = prompts.stream()
                .map(prompt -> new Row(prompt, config.maxNewTokens(), context))
                .toList();
        var waiting = rows.stream()
                .filter(row -> !row.isDone())
                .sorted(Comparator.comparingInt(Row::position))
                .toList();
        try (ReadyWeights ready = model.ready()) {
            threads.run(batches(waiting).stream()
                    .map(batch -> Executors.callable(() -> decodeBatch(ready.value(), batch)))
                    .toList());
        }
        return rows.stream().map(Row::continuation).toList();
    }

    /** As large as configured, but at least one for each thread. */
    private List<List<Row>> batches(List<Row> rows) {
        int size = Math.min(config.batchSize(), (rows.size() + threads.passes() - 1) / threads.passes());
        return IntStream.iterate(0, start -> start < rows.size(), start -> start + size)
                .mapToObj(start -> rows.subList(start, Math.min(start + size, rows.size())))
                .toList();
    }

    private void decodeBatch(IValue weights, List<Row> batch) {
        try (var cache = new KeyValueCache(model.decoder(), weights, batch)) {
            do {
                cache.advance(config, ends);
            } while (cache.keepUnfinished());
        }
    }
}
