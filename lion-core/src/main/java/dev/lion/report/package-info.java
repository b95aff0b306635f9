/** One self-contained page that shows what happened in a run. */
@NullMarked
package dev.lion.report;

import org.jspecify.annotations.NullMarked;
