/**
 * The durable state of a run: a directory whose files are written before anything uses what is in them.
 *
 * <p>{@link dev.lion.run.RunDirectory#open} begins or continues one, for one process at a time; {@link
 * dev.lion.run.RunDirectory#read} looks into one, also while it grows, and offers what is in it as values: {@link
 * dev.lion.run.IterationSummary}, answers, judgements, {@link dev.lion.run.Spending}. {@link dev.lion.run.RunManifest} is what the
 * run was started with, and what a continuation must match.
 */
@NullMarked
package dev.lion.run;

import org.jspecify.annotations.NullMarked;
