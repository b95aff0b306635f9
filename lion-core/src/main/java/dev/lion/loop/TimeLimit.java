package dev.lion.loop;

import dev.lion.cost.Budget;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A budget's limit on the time of all sittings together. May be used from any thread. */
final class TimeLimit {
    private final Optional<Duration> limit;
    private final Duration before;
    private final LongSupplier nanos;
    private final long start;
    private volatile boolean passed;

    /**
     * Begins a sitting.
     *
     * @param before what earlier sittings took
     * @param nanos a clock that only goes forward
     */
    TimeLimit(Budget budget, Duration before, LongSupplier nanos) {
        this.limit = budget.time();
        this.before = before;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** Whether the time is up. */
    boolean isPassed() {
        if (!passed && limit.isPresent()) {
            passed = before.plusNanos(nanos.getAsLong() - start).compareTo(limit.get()) >= 0;
        }
        return passed;
    }

    /** That the time was up when somebody last looked, in words. */
    Optional<String> passed() {
        return passed
                ? Optional.of("the budget is reached: the time of " + Budget.ofTime(limit.orElseThrow())
                        + " is over; run again with a larger budget to continue")
                : Optional.empty();
    }
}
