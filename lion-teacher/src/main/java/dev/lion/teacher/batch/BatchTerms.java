package dev.lion.teacher.batch;

import dev.lion.role.Batches;

/**
 * On which terms a provider takes batches. Immutable.
 *
 * @param largest the most requests in one: {@value Batches#LARGEST}, with which requests of the usual length stay below the
 *     20 MB that the strictest provider takes at once
 * @param priceFactor the part of the price of single calls that requests in a batch cost: 0.5
 */
public record BatchTerms(int largest, double priceFactor) {
    private static final BatchTerms USUAL = new BatchTerms(Batches.LARGEST, 0.5);

    public BatchTerms {
        if (largest < 1) {
            throw new IllegalArgumentException("a batch must take 1 request or more, but largest is " + largest);
        }
        if (!(priceFactor >= 0 && priceFactor <= 1)) {
            throw new IllegalArgumentException("the priceFactor of batches must be from 0 to 1, but is " + priceFactor);
        }
    }

    /** The usual ones. */
    public static BatchTerms usual() {
        return USUAL;
    }

    /** These, with another number of requests. */
    public BatchTerms withLargest(int requests) {
        return new BatchTerms(requests, priceFactor);
    }

    /** These, with another part of the price. */
    public BatchTerms withPriceFactor(double factor) {
        return new BatchTerms(largest, factor);
    }
}
