/** What flows through the loop: instructions, responses, demonstrations, verdicts, and the pools they live in. */
@NullMarked
package dev.lion.data;

import org.jspecify.annotations.NullMarked;
