/** The durable state of a run: a directory whose files are written before anything uses what is in them. */
@NullMarked
package dev.lion.run;

import org.jspecify.annotations.NullMarked;
