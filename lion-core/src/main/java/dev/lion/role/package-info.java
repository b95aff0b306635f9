/**
 * The four roles of the loop and the values they take. An adapter is a class, or a lambda, with one method.
 */
@NullMarked
package dev.lion.role;

import org.jspecify.annotations.NullMarked;
