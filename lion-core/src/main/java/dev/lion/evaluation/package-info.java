/** Accuracy of a student on held-out items. */
@NullMarked
package dev.lion.evaluation;

import org.jspecify.annotations.NullMarked;
