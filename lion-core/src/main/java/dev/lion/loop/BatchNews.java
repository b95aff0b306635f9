package dev.lion.loop;

import dev.lion.loop.LoopEvent.Batch.State;
import java.time.InstantSource;

/** Tells the listeners how batches go on. For the coordinating thread. */
final class BatchNews {
    private final Sitting sitting;
    private final Role role;
    private final InstantSource clock;

    BatchNews(Sitting sitting, Role role, InstantSource clock) {
        this.sitting = sitting;
        this.role = role;
        this.clock = clock;
    }

    void tell(OpenBatch batch, State state, String detail) {
        sitting.tell(new LoopEvent.Batch(
                role,
                sitting.iteration(),
                sitting.stage(),
                batch.id(),
                batch.questions().size(),
                state,
                batch.age(clock.instant()),
                detail));
    }

    /** The same, and a notice that says it in words, as it is not what one hopes for. */
    void warn(OpenBatch batch, State state, String words) {
        tell(batch, state, words);
        sitting.notice(batch + " of the " + role + " " + words);
    }
}
