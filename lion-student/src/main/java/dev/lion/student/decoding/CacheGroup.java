package dev.lion.student.decoding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of about the same length, with the keys and values of their tokens in one tensor of so many slots for each row. A
 * token lies in the slot of its position. Used by one thread.
 */
final class CacheGroup implements AutoCloseable {
    /** From here on room grows by as many rows, below it doubles. */
    private static final int ROWS_AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(CacheGroup.class);

    private final Decoder decoder;
    private final CacheBudget budget;
    private final int slots;
    private final NDManager manager;
    private final List<Row> rows = new ArrayList<>();
    private int room;
    private Optional<NDArray> cache = Optional.empty();

    CacheGroup(Decoder decoder, CacheBudget budget, int slots) {
        this.decoder = decoder;
        this.budget = budget;
        this.slots = slots;
        this.manager = decoder.manager().newSubManager();
    }

    /** What the keys and values of so many tokens take. */
    static long bytes(DecoderConfig config, long slots) {
        return slots * config.numHiddenLayers() * 2 * config.numKeyValueHeads() * config.headDim() * Float.BYTES;
    }

    int slots() {
        return slots;
    }

    List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** Keys and values, [L, room, slots, 2K, D]; there when there are rows. */
    NDArray cache() {
        return cache.orElseThrow();
    }

    /** Takes a row in, behind the others; false when there is no memory for it. */
    boolean add(Row row) {
        if (rows.size() == room && !resize(room < ROWS_AT_ONCE ? Math.max(1, 2 * room) : room + ROWS_AT_ONCE)) {
            return false;
        }
        rows.add(row);
        return true;
    }

    /** Copies what is known of the first tokens of a row, of another group perhaps, which this one has as well. */
    void learn(Row row, CacheGroup source, Row known, int tokens) {
        copy(source.cache(), source.rows.indexOf(known), cache(), rows.indexOf(row), 1, tokens);
        row.cached(tokens);
    }

    /** Gives up rows, so that the others lie side by side again, and memory that is not needed. */
    List<Row> remove(Predicate<Row> unwanted) {
        var removed = new ArrayList<Row>();
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (unwanted.test(rows.get(i))) {
                removed.add(rows.get(i));
                Row last = rows.remove(rows.size() - 1);
                if (i < rows.size()) {
                    copy(cache(), rows.size(), cache(), i, 1, last.cached());
                    rows.set(i, last);
                }
            }
        }
        if (rows.isEmpty()) {
            release();
        } else if (4 * rows.size() <= room) {
            shrink();
        }
        return removed;
    }

    /** Gives memory back where that succeeds; where not, all stays as it is. */
    private void shrink() {
        try {
            resize(2 * rows.size());
        } catch (RuntimeException e) {
            LOG.debug("a cache keeps memory that it does not need", e);
        }
    }

    private boolean resize(int wanted) {
        if (!budget.reserve(bytes(wanted))) {
            return false;
        }
        try {
            NDArray resized = copied(wanted);
            release();
            cache = Optional.of(resized);
            room = wanted;
            return true;
        } catch (RuntimeException | Error e) {
            budget.release(bytes(wanted));
            throw e;
        }
    }

    private NDArray copied(int wanted) {
        NDArray resized;
        try (var call = decoder.call("cache")) {
            resized = call.with(wanted).with(slots).runForArray(manager);
        }
        try {
            if (!rows.isEmpty()) {
                int filled = rows.stream().mapToInt(Row::cached).max().orElseThrow();
                copy(cache(), 0, resized, 0, rows.size(), filled);
            }
            return resized;
        } catch (RuntimeException | Error e) {
            resized.close();
            throw e;
        }
    }

    private long bytes(int rowsOfCache) {
        return bytes(decoder.config(), (long) rowsOfCache * slots);
    }

    private void copy(NDArray source, int first, NDArray target, int to, int count, int filled) {
        try (var call = decoder.call("copy")) {
            call.with(source)
                    .with(first)
                    .with(target)
                    .with(to)
                    .with(count)
                    .with(filled)
                    .run()
                    .close();
        }
    }

    private void release() {
        cache.ifPresent(NDArray::close);
        cache = Optional.empty();
        budget.release(bytes(room));
        room = 0;
    }

    @Override
    public void close() {
        release();
        manager.close();
    }
}
