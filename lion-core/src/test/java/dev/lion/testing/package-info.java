/** Scripted roles and other fixtures for tests of the loop. */
@NullMarked
package dev.lion.testing;

import org.jspecify.annotations.NullMarked;
