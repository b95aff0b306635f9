/** The report of a run, live in a browser of this machine. */
@NullMarked
package dev.lion.examples.watch;

import org.jspecify.annotations.NullMarked;
