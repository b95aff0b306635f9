package dev.lion.role;

import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import java.util.Optional;

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
     *     an {@code Error} ends the run
     * @throws UnusableRoleException when no other call can succeed either, which ends the run until somebody has seen to it
     * @throws InterruptedException when the thread was interrupted; an adapter that ends otherwise then leaves the thread's
     *     interrupt flag set
     */
    Verdict judge(Comparison comparison) throws Exception;

    /**
     * The most tokens that one attempt at judging may take, so that a budget can set them aside beforehand; quick, and
     * without asking anybody. By default a token for each byte of the instruction and the two answers with 2048 more for a
     * prompt, and 512 for the verdict, as in the paper: a referee that may take more says so here.
     *
     * @return empty when there is no limit; then neither money nor tokens can be limited
     */
    default Optional<TokenUsage> mostTokens(Comparison comparison) {
        return TokenBounds.referee(comparison.instruction().fullText(), comparison.first(), comparison.second());
    }

    /**
     * The same referee for those who can wait: many comparisons at once, at a lower price. None by default; the loop asks in
     * batches where there are some, and one by one for what they leave without a verdict.
     */
    default Optional<Batches<Comparison, Verdict>> batches() {
        return Optional.empty();
    }
}
