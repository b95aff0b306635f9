/** The code that {@code docs/guide/adapters.md} shows, as tests that run. */
@NullMarked
package dev.lion.guide;

import org.jspecify.annotations.NullMarked;
