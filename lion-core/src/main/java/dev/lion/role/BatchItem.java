package dev.lion.role;

import java.util.Objects;

/**
 * What a batch brought for one of its questions.
 *
 * @param <A> the answers
 */
public sealed interface BatchItem<A> {
    /** An answer. */
    record Answered<A>(A answer) implements BatchItem<A> {
        public Answered {
            Objects.requireNonNull(answer, "answer");
        }
    }

    /**
     * None: the provider refused the question, failed at it, or did not come to it in time.
     *
     * @param reason in words
     * @param isUnbilled whether it is known that nothing is charged for it
     */
    record Unanswered<A>(String reason, boolean isUnbilled) implements BatchItem<A> {
        public Unanswered {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
