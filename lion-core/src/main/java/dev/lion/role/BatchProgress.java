package dev.lion.role;

import java.util.List;
import java.util.Objects;

/**
 * How far a batch has come.
 *
 * @param <A> the answers
 */
public sealed interface BatchProgress<A> {
    /**
     * It is not finished.
     *
     * @param state the provider's word for it
     */
    record Running<A>(String state) implements BatchProgress<A> {
        public Running {
            Objects.requireNonNull(state, "state");
        }
    }

    /**
     * It is finished, or was cancelled, and these are its results.
     *
     * @param items one for each question, in the order of the questions
     */
    record Ended<A>(List<BatchItem<A>> items) implements BatchProgress<A> {
        public Ended {
            items = List.copyOf(items);
        }
    }

    /**
     * It will never have results: it failed as a whole, or the provider does not know it any more.
     *
     * @param reason in words
     * @param isUnbilled whether it is known that nothing of it is charged
     */
    record Lost<A>(String reason, boolean isUnbilled) implements BatchProgress<A> {
        public Lost {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
