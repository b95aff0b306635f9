/**
 * What a run costs: an estimate before anything is spent, and a budget that is never exceeded while it goes on.
 *
 * <p>An application gives {@link dev.lion.cost.Prices} and a {@link dev.lion.cost.Budget} to the loop's builder, whose {@code
 * estimate} returns a {@link dev.lion.cost.CostEstimate} under {@link dev.lion.cost.Assumptions}. {@link
 * dev.lion.cost.PriceList} reads price files and brings a small dated one. The rest keeps the books for the loop.
 */
@NullMarked
package dev.lion.cost;

import org.jspecify.annotations.NullMarked;
