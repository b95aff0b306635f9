package dev.lion.student.decoding;

import ai.djl.pytorch.jni.IValue;
import dev.lion.student.decoder.Decoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The rows that one thread continues together, in groups of about the same length. Used by one thread. */
final class Batch implements AutoCloseable {
    /** Most tokens of one call where every row writes. */
    static final int TOKENS_PER_CALL = 16;

    /** A call writes one token for so many parameters: the larger the decoder, the less a call costs beside it. */
    private static final long PARAMETERS_OF_A_CALL = 80_000_000;

    /** The same where one row is alone, whose tokens take less time. */
    private static final long PARAMETERS_ALONE = 600_000_000;

    /** A new row gets room for so many tokens of its own, if it may write as many. */
    private static final int FIRST_TOKENS = 64;

    /** Shorter beginnings are read again rather than copied. */
    private static final int LEAST_COMMON = 16;

    private final Decoder decoder;
    private final IValue weights;
    private final Set<Integer> ends;
    private final CacheBudget budget;
    private final DecodingLoad load;
    private final TreeMap<Integer, CacheGroup> groups = new TreeMap<>();

    Batch(Decoder decoder, IValue weights, Set<Integer> ends, CacheBudget budget, DecodingLoad load) {
        this.decoder = decoder;
        this.weights = weights;
        this.ends = ends;
        this.budget = budget;
        this.load = load;
    }

    int size() {
        return groups.values().stream().mapToInt(group -> group.rows().size()).sum();
    }

    /** The rows, by length. */
    List<Row> rows() {
        return groups.values().stream()
                .flatMap(group -> group.rows().stream())
                .distinct() // one that moves is in two groups for a moment
                .toList();
    }

    /** Takes a row in; false when there is no memory for it. */
    boolean admit(Row row) {
        row.cached(0);
        return groupFor(row).isPresent();
    }

    /** The group that now has the row, with room for what it writes next; empty when there is no memory. */
    private Optional<CacheGroup> groupFor(Row row) {
        int slots = CacheSlots.atLeast(row.position() + Math.min(FIRST_TOKENS, row.remaining()));
        var group = groups.computeIfAbsent(slots, size -> new CacheGroup(decoder, budget, size));
        boolean added = group.add(row);
        closeEmpty();
        return added ? Optional.of(group) : Optional.empty();
    }

    private void closeEmpty() {
        groups.values().removeIf(group -> {
            boolean empty = group.rows().isEmpty();
            if (empty) {
                group.close();
            }
            return empty;
        });
    }

    /**
     * A token for every row whose prompt is read, or several; gives back the rows that there is no memory for any more.
     *
     * @param processors what an answer is written by that is the decoder's only one
     */
    List<Row> advance(Optional<ProcessorChoice> processors) {
        List<Row> back = makeRoom();
        var pass = new Pass(
                groups.values(),
                shareBeginnings(),
                decoder.config().slidingWindow().orElse(Integer.MAX_VALUE));
        if (!pass.isEmpty()) {
            var choice = processors.filter(some -> pass.isOneTokenEach());
            int most = tokensOfCall(pass);
            int tokens = choice.map(some -> some.tokens(most)).orElse(most);
            pass.run(decoder, weights, ends, tokens, choice);
            load.read(pass.read());
            load.written(pass.written());
        }
        return back;
    }

    /** Moves rows that fill their slots to groups that have more. */
    private List<Row> makeRoom() {
        var back = new ArrayList<Row>();
        for (CacheGroup group : List.copyOf(groups.values())) {
            var full = group.rows().stream()
                    .filter(row -> row.position() > group.slots())
                    .toList();
            for (Row row : full) {
                groupFor(row)
                        .ifPresentOrElse(larger -> larger.learn(row, group, row, row.cached()), () -> back.add(row));
            }
            group.remove(full::contains);
        }
        closeEmpty();
        return back;
    }

    /** Rows that read learn what others know of the same beginning; gives those that wait for what others are about to read. */
    private Set<Row> shareBeginnings() {
        var later = new HashSet<Row>();
        for (CacheGroup group : groups.values()) {
            for (Row row : group.rows()) {
                if (row.isReading()) {
                    learn(row, group);
                    if (soonKnown(row) >= row.cached() + LEAST_COMMON) {
                        later.add(row);
                    }
                }
            }
        }
        return later;
    }

    /** How much of a row's beginning rows that came before it are about to read. */
    private int soonKnown(Row row) {
        return rows().stream()
                .filter(other -> other.isReading() && other.arrival() < row.arrival())
                .mapToInt(row::commonWith)
                .max()
                .orElse(0);
    }

    private void learn(Row row, CacheGroup group) {
        CacheGroup from = group;
        Row best = row;
        int most = row.cached() + LEAST_COMMON - 1;
        for (CacheGroup source : groups.values()) {
            for (Row other : source.rows()) {
                int common = Math.min(other.cached(), row.commonWith(other));
                if (other != row && common > most) {
                    from = source;
                    best = other;
                    most = common;
                }
            }
        }
        if (best != row) {
            load.shared(most - row.cached());
            group.learn(row, from, best, most);
        }
    }

    /** One, unless every row only writes, and whoever reads along or comes meanwhile need not wait long. */
    private int tokensOfCall(Pass pass) {
        boolean watched = rows().stream().anyMatch(Row::isWatched);
        long parameters = size() == 1 ? PARAMETERS_ALONE : PARAMETERS_OF_A_CALL;
        long affordable = parameters / (watched ? 2 : 1) / decoder.config().parameterCount();
        int least = pass.isOneTokenEach() ? (int) Math.min(TOKENS_PER_CALL, affordable) : 1;
        for (CacheGroup group : groups.values()) {
            for (Row row : group.rows()) {
                least = Math.min(least, Math.min(group.slots() - row.position() + 1, row.remaining()));
            }
        }
        return Math.max(1, least);
    }

    /** Takes out the rows of which none is wanted any more. */
    List<Row> remove(Predicate<Row> unwanted) {
        var removed = new ArrayList<Row>();
        groups.values().forEach(group -> removed.addAll(group.remove(unwanted)));
        closeEmpty();
        return removed;
    }

    @Override
    public void close() {
        groups.values().forEach(CacheGroup::close);
        groups.clear();
    }
}
