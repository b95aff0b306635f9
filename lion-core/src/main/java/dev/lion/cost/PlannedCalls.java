package dev.lion.cost;

import dev.lion.run.Purpose;
import java.util.Objects;

/**
 * Calls that a run is going to make.
 *
 * @param purpose what for
 * @param calls how many, without repetitions of failed ones
 * @param inputTokens tokens that one call reads
 * @param outputTokens tokens that one call writes
 */
public record PlannedCalls(Purpose purpose, Range calls, Range inputTokens, Range outputTokens) {
    public PlannedCalls {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(calls, "calls");
        Objects.requireNonNull(inputTokens, "inputTokens");
        Objects.requireNonNull(outputTokens, "outputTokens");
    }
}
