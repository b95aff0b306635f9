/**
 * Several opinions on one comparison: the {@link dev.lion.jury.Jury} that asks several referees and puts their verdicts
 * together, and the {@link dev.lion.jury.Agreement} among them, which is computed from what is kept of a run.
 */
@NullMarked
package dev.lion.jury;

import org.jspecify.annotations.NullMarked;
