/**
 * What a run costs: an estimate before anything is spent, and a budget that is never exceeded while it goes on.
 */
@NullMarked
package dev.lion.cost;

import org.jspecify.annotations.NullMarked;
