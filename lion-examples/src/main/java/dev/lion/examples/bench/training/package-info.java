/** Measurements of the student's training: speed beside a peer's, packing, memory. */
@NullMarked
package dev.lion.examples.bench.training;

import org.jspecify.annotations.NullMarked;
