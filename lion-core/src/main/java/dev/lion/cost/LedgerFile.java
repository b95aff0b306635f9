package dev.lion.cost;

import dev.lion.run.Journal;
import dev.lion.run.RunDirectory;
import dev.lion.run.Spending;
import dev.lion.run.SpendingEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ledger on disk: lines as they come, put together into sums whenever they have become many. There is no file before
 * the first line. Not for several threads at once.
 */
final class LedgerFile implements AutoCloseable {
    private final RunDirectory run;
    private final int mostLines;
    private final List<SpendingEntry> estimated;
    private final Map<Long, SpendingEntry> reserved = new LinkedHashMap<>();
    private List<SpendingEntry> spent;
    private Optional<Journal<SpendingEntry>> journal = Optional.empty();
    private int appended;
    private long next;

    /**
     * Opens the ledger of a run; what was reserved in an earlier sitting and never settled is spent from here on.
     *
     * @param mostLines after how many new lines they are put together
     */
    LedgerFile(RunDirectory run, int mostLines) {
        Spending earlier = run.spending();
        this.run = run;
        this.mostLines = mostLines;
        this.estimated = new ArrayList<>(earlier.estimated());
        this.spent = new ArrayList<>(earlier.settled());
        this.next = earlier.nextAttempt();
        earlier.held().forEach(this::keep);
        if (!spent.isEmpty()) {
            replace();
        }
    }

    /** What was spent in earlier sittings. */
    List<SpendingEntry> spent() {
        return List.copyOf(spent);
    }

    /** What was set aside for batches in earlier sittings, and is not settled. */
    List<SpendingEntry> held() {
        return reserved.values().stream()
                .filter(line -> line.kind() == SpendingEntry.Kind.HELD)
                .toList();
    }

    /** A number that no attempt and no batch of any sitting has had. */
    long nextAttempt() {
        return next;
    }

    boolean hasEstimate() {
        return !estimated.isEmpty();
    }

    /** Writes a line; when this returns, it survives the end of the process. */
    void append(SpendingEntry line) {
        if (journal.isEmpty()) {
            journal = Optional.of(run.openSpending());
        }
        journal.get().append(line);
        keep(line);
        if (++appended >= mostLines) {
            compact();
        }
    }

    private void keep(SpendingEntry line) {
        next = Math.max(next, line.attempt().orElse(-1) + 1);
        switch (line.kind()) {
            case ESTIMATED -> estimated.add(line);
            case RESERVED, HELD -> reserved.put(line.attempt().orElseThrow(), line);
            case SPENT -> {
                line.attempt().ifPresent(reserved::remove);
                spent.add(SpendingEntry.spent(line.purpose(), line.amount()));
            }
        }
    }

    private void compact() {
        journal.ifPresent(Journal::close);
        journal = Optional.empty();
        spent = new ArrayList<>(Spending.of(spent).spent());
        replace();
        appended = 0;
    }

    private void replace() {
        List<SpendingEntry> lines = new ArrayList<>(estimated);
        lines.addAll(spent);
        if (!spent.isEmpty() && next > 0 && !reserved.containsKey(next - 1)) {
            lines.set(estimated.size(), numbered(spent.get(0)));
        }
        lines.addAll(reserved.values());
        run.replaceSpending(lines);
    }

    // a settlement of the largest number, which says that it was given
    private SpendingEntry numbered(SpendingEntry sum) {
        return new SpendingEntry(sum.kind(), OptionalLong.of(next - 1), sum.purpose(), sum.amount());
    }

    /** Leaves sums, and what was reserved for attempts that have not ended. */
    @Override
    public void close() {
        if (appended > 0) {
            compact();
        }
    }
}
