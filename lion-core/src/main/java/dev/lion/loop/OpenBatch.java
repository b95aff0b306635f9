package dev.lion.loop;

import dev.lion.run.BatchEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A batch that the provider took, and when it is to be looked at next. For the coordinating thread. */
final class OpenBatch {
    private final BatchEntry.Intended intended;
    private final String id;
    private int looks;
    private long nextLook = System.nanoTime();
    private OptionalLong overdueFrom = OptionalLong.empty();
    private boolean cancelled;
    private boolean unreachable;

    OpenBatch(BatchEntry.Intended intended, String id) {
        this.intended = intended;
        this.id = id;
    }

    int number() {
        return intended.batch();
    }

    String id() {
        return id;
    }

    long hold() {
        return intended.hold();
    }

    List<String> questions() {
        return intended.questions();
    }

    /** How long ago it was submitted, by the clock of this machine. */
    Duration age(Instant now) {
        Duration age = Duration.between(intended.since(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /**
     * How long it has been overdue in this sitting: nothing at the first call. Neither the time between two sittings counts
     * nor a clock that was set, since the provider could not be looked at meanwhile.
     */
    Duration overdue() {
        long now = System.nanoTime();
        if (overdueFrom.isEmpty()) {
            overdueFrom = OptionalLong.of(now);
        }
        return Duration.ofNanos(now - overdueFrom.getAsLong());
    }

    boolean isDue() {
        return nextLook - System.nanoTime() <= 0;
    }

    long nextLook() {
        return nextLook;
    }

    /** It is to be looked at again after a pause, which grows. */
    void putOff(Batching batching) {
        nextLook = System.nanoTime() + batching.pause(looks++).toNanos();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** It was asked to end, so it is looked at as often as a new one. */
    void cancelled() {
        cancelled = true;
        looks = 0;
    }

    /** Notes whether it could be looked at, and says whether that is news. */
    boolean reached(boolean answered) {
        boolean news = unreachable == answered;
        unreachable = !answered;
        return news;
    }

    @Override
    public String toString() {
        return "batch " + id + " of " + questions().size() + " questions";
    }
}
