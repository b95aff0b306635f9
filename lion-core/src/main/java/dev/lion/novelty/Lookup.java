package dev.lion.novelty;

import java.util.Arrays;

/** One query of one segment. */
final class Lookup {
    /** The most texts that are looked at to find a good one first. */
    static final int PROBED = 512;

    private final Segment segment;
    private final Candidate candidate;
    private final Search search;
    private final Varint.Reader reader = new Varint.Reader();
    // the candidate's tokens that the segment has, the rarest first: number of texts above, slot below
    private final long[] order;
    private int promise;

    Lookup(Segment segment, Candidate candidate, Search search) {
        this.segment = segment;
        this.candidate = candidate;
        this.search = search;
        order = rarestFirst();
    }

    private long[] rarestFirst() {
        long[] entries = new long[candidate.distinct()];
        int known = 0;
        for (int slot = 1; slot <= entries.length; slot++) {
            if (segment.lists().read(candidate.token(slot), reader)) {
                entries[known++] = ((long) reader.next() << Integer.SIZE) | slot;
            }
        }
        long[] sorted = Arrays.copyOf(entries, known);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Compares with the text that has most of the rarest tokens: a large score found early spares much of the rest. */
    void probe(Tally tally) {
        tally.clear();
        int left = PROBED;
        for (long entry : order) {
            left -= (int) (entry >>> Integer.SIZE);
            if (left < 0) {
                break;
            }
            count((int) entry, tally);
        }
        promise = tally.most();
        if (tally.leader() >= 0) {
            compareWith(tally.leader());
        }
    }

    private void count(int slot, Tally tally) {
        segment.lists().read(candidate.token(slot), reader);
        int key = 0;
        for (int left = reader.next(); left > 0; left--) {
            key += reader.next();
            tally.count(Segment.textOf(key));
        }
    }

    /** How many of the rarest tokens the best text probed has: where it has most, large scores are likely. */
    int promise() {
        return promise;
    }

    /** Shows the search every text that may matter to it. */
    void complete() {
        int rest = 0;
        for (long entry : order) {
            rest += candidate.count((int) entry);
        }
        for (int i = 0; i < order.length && search.canMatter(rest) && !search.isOver(); i++) {
            segment.lists().read(candidate.token((int) order[i]), reader);
            visit(rest);
            rest -= candidate.count((int) order[i]);
        }
    }

    private void visit(int candidateRest) {
        int key = 0;
        int restClass = -1;
        int from = 0;
        int to = 0;
        for (int left = reader.next(); left > 0; left--) {
            key += reader.next();
            if (Segment.restClassOf(key) != restClass) {
                restClass = Segment.restClassOf(key);
                int common = Math.min(candidateRest, Rest.largest(restClass));
                if (!search.canMatter(common)) {
                    return;
                }
                from = segment.atLeast(search.shortest());
                to = segment.longerThan(search.longest(common));
            }
            int text = Segment.textOf(key);
            if (text >= from && text < to) {
                compareWith(text);
                if (search.isOver()) {
                    return;
                }
            }
        }
    }

    private void compareWith(int text) {
        if (segment.visit(text)) {
            candidate.compareWith(segment.numberOf(text), search);
        }
    }
}
