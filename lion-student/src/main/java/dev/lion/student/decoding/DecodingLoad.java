package dev.lion.student.decoding;

import java.util.concurrent.atomic.LongAdder;

/** Counts what the threads of a decoder do. */
final class DecodingLoad {
    private final LongAdder read = new LongAdder();
    private final LongAdder shared = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder putBack = new LongAdder();

    void read(long tokens) {
        read.add(tokens);
    }

    void shared(long tokens) {
        shared.add(tokens);
    }

    void written(long tokens) {
        written.add(tokens);
    }

    void putBack(long rows) {
        putBack.add(rows);
    }

    DecodingCounts counts(CacheBudget budget) {
        return new DecodingCounts(read.sum(), shared.sum(), written.sum(), putBack.sum(), budget.most());
    }
}
