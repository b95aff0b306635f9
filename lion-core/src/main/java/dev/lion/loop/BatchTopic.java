package dev.lion.loop;

import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.role.Batches;
import java.util.Optional;

/**
 * What a stage asks of one role in batches. A question goes by its key, which is the same in every sitting. For the
 * coordinating thread.
 *
 * @param <Q> the questions
 * @param <A> the answers
 */
interface BatchTopic<Q, A> {
    Role role();

    PaidRole paidRole();

    /** The role's batches; empty when it has none, or none any more. */
    Optional<Batches<Q, A>> batches();

    /** A question that {@link #isOpen}. */
    Q question(String key);

    Optional<TokenUsage> most(Q question);

    /** Whether a key is one of this stage, and nothing is known yet of its answer. */
    boolean isOpen(String key);

    /** Keeps an answer; one of no use is not kept, and is asked for again. */
    void take(String key, A answer);

    /** Waits until what was taken, and what the questions rest on, survives a power failure. */
    void force();

    TokenUsage usage(A answer);
}
