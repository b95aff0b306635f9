/**
 * What a run may do otherwise than the paper, each an interface of one method with the built-in ways as factories: what the
 * student is trained on ({@link dev.lion.strategy.TrainPoolRule}), from where it starts ({@link
 * dev.lion.strategy.StudentStart}), which instructions become parents ({@link dev.lion.strategy.ParentRule}), which student
 * is kept ({@link dev.lion.strategy.KeepRule}) and when it is enough ({@link dev.lion.strategy.StopRule}).
 *
 * <p>The loop asks all of them from its coordinating thread. They must answer alike when asked alike: a resumed run asks
 * again.
 */
@NullMarked
package dev.lion.strategy;

import org.jspecify.annotations.NullMarked;
