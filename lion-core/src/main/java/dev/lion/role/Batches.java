package dev.lion.role;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts many questions to a role at once, to be answered within hours, at half the price by default: what providers call a
 * batch. A role that has this beside its single calls is asked so where the loop can wait.
 *
 * <p>The loop writes a batch's id down before it does anything else with it, looks at it from time to time, in later sittings
 * too, and asks one by one what a batch did not answer. It makes one call at a time, each on a thread that it interrupts when
 * the call takes too long or the run is stopped.
 *
 * @param <Q> the questions: instructions of a {@link Teacher}, comparisons of a {@link Referee}
 * @param <A> the answers
 */
public interface Batches<Q, A> {
    /** How many questions a batch takes unless a role says otherwise. */
    int LARGEST = 2000;

    /**
     * Hands the questions to the provider, once: whatever fails is repeated by the loop, if at all.
     *
     * @param questions from 1 to {@link #largest()}
     * @return the provider's name for the batch, by which a later process finds it
     * @throws RetryableRoleException when it may succeed later. An exception that is {@link Unbilled} says that the provider
     *     did not take the batch; after any other the loop supposes that it may have
     */
    String submit(List<Q> questions) throws Exception;

    /**
     * How far a batch has come, asked again and again; also of one that an earlier process submitted.
     *
     * @param id its name
     * @param questions what it was submitted with, in order; each is put together when it is looked at
     * @throws RetryableRoleException when it cannot be said at the moment; any other exception ends the run, which goes on
     *     with the batch when it is resumed
     */
    BatchProgress<A> poll(String id, List<Q> questions) throws Exception;

    /** Asks the provider to give a batch up; what is answered already may still be fetched with {@link #poll}. */
    void cancel(String id) throws Exception;

    /**
     * The ids of the batches that the provider holds, or of the newest of them. Unknown by default. With it, the loop can tell
     * a batch that was never taken from one whose id was lost when the process ended.
     */
    default Optional<Set<String>> present() throws Exception {
        return Optional.empty();
    }

    /** How many questions a batch takes at most; {@value #LARGEST} by default. */
    default int largest() {
        return LARGEST;
    }

    /** The part of the price of single calls that a batch costs; 0.5 by default. */
    default double priceFactor() {
        return 0.5;
    }
}
