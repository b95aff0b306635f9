/** Measurements of the student's decoding: speed beside peers', first tokens, memory. */
@NullMarked
package dev.lion.examples.bench.decoding;

import org.jspecify.annotations.NullMarked;
