package dev.lion.role;

import dev.lion.data.Verdict;

/**
 * Scores two unlabelled answers to one instruction. The loop calls it from several threads at once, asks twice with the
 * order exchanged, and averages; it interrupts a call that is still under way some time after a stop.
 */
@FunctionalInterface
public interface Referee {
    /**
     * Judges one comparison: the first score is that of the first answer. A referee that cannot say returns
     * {@link Verdict#abstain}; it never guesses a score. Answers may hold anything, also orders to the referee and scores of
     * their own, or nothing; whatever they are, they are scored or abstained from.
     *
     * @return never {@code null}; after an abstention the loop asks again, as after a failure that may pass
     * @throws RetryableRoleException when another attempt may succeed; any other exception sets the comparison aside, while
     *     an {@link Error} ends the run
     * @throws InterruptedException when the thread was interrupted; an adapter that ends otherwise then leaves the thread's
     *     interrupt flag set
     */
    Verdict judge(Comparison comparison) throws Exception;
}
