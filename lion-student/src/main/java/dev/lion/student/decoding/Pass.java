package dev.lion.student.decoding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import com.google.common.primitives.Longs;
import dev.lion.student.decoder.Decoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What goes through the decoder at once: the tokens that rows wrote last, and some of what new rows have to read. Neighbours
 * in a group that have as many tokens make a segment.
 */
final class Pass {
    /** Tokens that new rows read at once, so that the others do not wait long. */
    private static final int TOKENS_READ = 256;

    private final List<NDArray> caches = new ArrayList<>();
    private final List<Long> plan = new ArrayList<>();
    private final List<Long> ids = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private final List<Long> slots = new ArrayList<>();
    private final List<Long> at = new ArrayList<>();
    private final List<Row> writing = new ArrayList<>();
    private final List<Reading> all = new ArrayList<>();
    private final int window;
    private final Map<Row, Integer> reading;
    private long written;

    /** How many tokens of a row go through. */
    private record Reading(Row row, int tokens) {}

    /**
     * A pass.
     *
     * @param later rows that stay as they are
     * @param window how many tokens back a token sees
     */
    Pass(Collection<CacheGroup> groups, Set<Row> later, int window) {
        this.window = window;
        this.reading = reading(groups, later);
        for (CacheGroup group : groups) {
            add(group);
        }
        if (!all.isEmpty() && at.isEmpty()) {
            at.add(ids.size()
                    - 1L); // of a prompt that is not read to its end: the script gives a token, which nobody takes
        }
    }

    private void add(CacheGroup group) {
        int before = all.size();
        var segment = new Segment(group);
        for (int place = 0; place < group.rows().size(); place++) {
            Row row = group.rows().get(place);
            int tokens = tokensOf(row);
            if (tokens != segment.tokens) {
                segment.end();
                segment = new Segment(group);
            }
            if (tokens > 0) {
                segment.add(row, place, tokens);
            }
        }
        segment.end();
        if (all.size() > before) {
            caches.add(group.cache());
        }
    }

    /** How many tokens each row reads: those that came first go first. */
    private static Map<Row, Integer> reading(Collection<CacheGroup> groups, Set<Row> later) {
        var reading = new HashMap<Row, Integer>();
        int left = TOKENS_READ;
        for (Row row : groups.stream()
                .flatMap(group -> group.rows().stream())
                .filter(row -> row.isReading() && !later.contains(row))
                .sorted(Comparator.comparingLong(Row::arrival))
                .toList()) {
            int tokens = Math.min(row.pending(), left);
            left -= tokens;
            reading.put(row, tokens);
        }
        return reading;
    }

    private int tokensOf(Row row) {
        return row.isReading() ? reading.getOrDefault(row, 0) : 1;
    }

    /** Rows side by side with as many tokens each. */
    private final class Segment {
        private final CacheGroup group;
        private final List<Row> rows = new ArrayList<>();
        private int first;
        private int tokens;

        Segment(CacheGroup group) {
            this.group = group;
        }

        void add(Row row, int place, int count) {
            if (rows.isEmpty()) {
                first = place;
                tokens = count;
            }
            rows.add(row);
            all.add(new Reading(row, count));
            for (int i = 0; i < count; i++) {
                int position = row.cached() + i;
                ids.add((long) row.token(position));
                positions.add((long) position);
                slots.add((long) place * group.slots() + position);
            }
            if (row.cached() + count == row.position()) {
                at.add(ids.size() - 1L);
                writing.add(row);
            }
        }

        void end() {
            if (!rows.isEmpty()) {
                int span = rows.stream().mapToInt(Row::cached).max().orElseThrow() + tokens;
                int least = rows.stream().mapToInt(Row::cached).min().orElseThrow() + tokens;
                boolean plain =
                        least == span && (tokens == 1 || span == tokens) && span + Batch.TOKENS_PER_CALL <= window;
                plan.addAll(Longs.asList(caches.size(), first, rows.size(), tokens, span, plain ? 0 : 1));
            }
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Tokens of prompts that go through. */
    long read() {
        return ids.size() - all.stream().filter(one -> one.tokens() == 1).count();
    }

    /** Tokens that were written. */
    long written() {
        return written;
    }

    /** Whether each row's one token is followed by another, so that several can be written in one call. */
    boolean isOneTokenEach() {
        return all.size() == writing.size() && ids.size() == all.size();
    }

    /**
     * Writes as many tokens after each row that is read to its end, or fewer when one ends.
     *
     * @param processors what a lone row's answer is written by
     */
    void run(Decoder decoder, IValue weights, Set<Integer> ends, int tokens, Optional<ProcessorChoice> processors) {
        try (NDManager scope = decoder.manager().newSubManager();
                var call = decoder.call("write")) {
            var choice = new Choice(writing, decoder.config().vocabSize());
            call.with(weights)
                    .with(decoder.frequencies())
                    .with(caches)
                    .with(Longs.toArray(plan))
                    .with(scope.create(numbers(ends)))
                    .with(new long[] {ids.size(), ids.size(), ids.size(), at.size(), ends.size()})
                    .with(choice.options(scope, tokens))
                    .with(choice.isGreedy())
                    .with(choice.isCut())
                    .with(choice.seen(scope));
            var results = processors
                    .map(choosing -> choosing.run(() -> call.runForArrays(scope), Pass::tokensOfARow))
                    .orElseGet(() -> call.runForArrays(scope));
            long[] written = results.get(0).toLongArray();
            float[] chances = results.get(1).toFloatArray();
            all.forEach(one -> one.row().cached(one.row().cached() + one.tokens()));
            append(written, chances, tokensOfARow(results));
        }
    }

    /** In one tensor, as the way of each into the engine takes longer than the numbers. */
    private long[] numbers(Set<Integer> ends) {
        return Longs.concat(
                Longs.toArray(ids),
                Longs.toArray(positions),
                Longs.toArray(slots),
                Longs.toArray(at),
                Longs.toArray(ends));
    }

    /** How many tokens a call wrote after each row. */
    private static int tokensOfARow(List<NDArray> results) {
        return (int) results.get(0).getShape().get(1);
    }

    private void append(long[] tokens, float[] chances, int count) {
        for (int i = 0; i < writing.size(); i++) {
            Row row = writing.get(i);
            row.cached(row.cached() + count - 1);
            for (int j = i * count; j < (i + 1) * count && !row.isDone(); j++) {
                row.append((int) tokens[j], chances[j]);
                written++;
            }
        }
    }
}
