/** Runnable programs behind one command line: quickstart, distil, chat, evaluate, novelty, bench. */
@NullMarked
package dev.lion.examples;

import org.jspecify.annotations.NullMarked;
