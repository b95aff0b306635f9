package dev.lion.cost;

import dev.lion.run.Purpose;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Calls that a run is going to make.
 *
 * @param purpose what for
 * @param calls how many, without repetitions of failed ones
 * @param inputTokens tokens that one call reads
 * @param outputTokens tokens that one call writes
 * @param batchPrice the part of the price that they cost when they are made in batches, which nobody knows the time of; empty
 *     when they are made one by one
 */
public record PlannedCalls(
        Purpose purpose, Range calls, Range inputTokens, Range outputTokens, OptionalDouble batchPrice) {
    public PlannedCalls {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(calls, "calls");
        Objects.requireNonNull(inputTokens, "inputTokens");
        Objects.requireNonNull(outputTokens, "outputTokens");
        Objects.requireNonNull(batchPrice, "batchPrice");
    }

    /** Calls that are made one by one. */
    public PlannedCalls(Purpose purpose, Range calls, Range inputTokens, Range outputTokens) {
        this(purpose, calls, inputTokens, outputTokens, OptionalDouble.empty());
    }
}
