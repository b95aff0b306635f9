/** Reading the referee's recorded replies again. */
@NullMarked
package dev.lion.examples.rescore;

import org.jspecify.annotations.NullMarked;
