/** Measurements that anyone can repeat, each a subcommand of {@code bench}. */
@NullMarked
package dev.lion.examples.bench;

import org.jspecify.annotations.NullMarked;
