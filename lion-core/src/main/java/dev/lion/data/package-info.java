/**
 * What flows through the loop: instructions, responses, demonstrations, verdicts, and the pools they live in.
 *
 * <p>Begin with {@link dev.lion.data.InstructionPool#read}, which reads seeds from Alpaca JSON, JSON Lines and conversations, and
 * with {@link dev.lion.data.Instruction}, {@link dev.lion.data.Response} and {@link dev.lion.data.Verdict}, which roles take and
 * return. All values are immutable and check themselves; this package knows no other.
 */
@NullMarked
package dev.lion.data;

import org.jspecify.annotations.NullMarked;
