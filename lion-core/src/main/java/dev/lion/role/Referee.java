package dev.lion.role;

import dev.lion.data.Verdict;

/**
 * Scores two unlabelled answers to one instruction. The loop calls it from several threads at once, asks twice with the
 * order exchanged, and averages.
 */
@FunctionalInterface
public interface Referee {
    /**
     * Judges one comparison. A referee that cannot say returns {@link Verdict#abstain}; it never guesses a score.
     *
     * @throws RetryableRoleException when another attempt may succeed; any other exception sets the comparison aside
     */
    Verdict judge(Comparison comparison) throws Exception;
}
