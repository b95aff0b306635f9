/**
 * How discrimination judges: which instructions the referee is asked about and in which orders ({@link
 * dev.lion.judging.Judging}), how its two verdicts are put together ({@link dev.lion.judging.Aggregation}), and which gaps
 * are hard ({@link dev.lion.judging.HardRule}). Everything is computed from what the referee said, from past gaps and from
 * random numbers that belong to instructions; nothing here calls a role or touches a disk.
 */
@NullMarked
package dev.lion.judging;

import org.jspecify.annotations.NullMarked;
