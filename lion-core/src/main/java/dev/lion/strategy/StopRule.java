package dev.lion.strategy;

import dev.lion.run.IterationSummary;
import java.util.List;
import java.util.Optional;

/**
 * When a run ends before its last iteration: by default never ({@link #never()}). The configured number of iterations stays
 * the most there can be.
 *
 * <p>It decides how far a run goes, not what is in it. So it is not part of the run's manifest, and a run that it ended is
 * continued by running it again under another one.
 */
@FunctionalInterface
public interface StopRule {
    /**
     * Why the next iteration is not worth its cost; empty when it is. Asked before an iteration begins or goes on, also when
     * a run is resumed.
     *
     * @param summaries of all finished iterations, from 0; at least one
     * @return the reason as the user reads it
     */
    Optional<String> reasonToStop(List<IterationSummary> summaries);

    /** Only the number of iterations ends the run. */
    static StopRule never() {
        return StopRules.NEVER;
    }

    /**
     * Ends the run when the hard share, that of hard instructions among the judged ones, no longer falls. A fall counts when
     * it reaches at least {@code leastFall} below the share at the last fall that counted, so that many small ones add up.
     *
     * @param leastFall the least fall that counts, above 0 and at most 1: 0.01 is one point
     * @param patience iterations in a row without one after which the run ends, 1 or more
     */
    static StopRule plateau(double leastFall, int patience) {
        return new StopRules.Plateau(leastFall, patience);
    }
}
