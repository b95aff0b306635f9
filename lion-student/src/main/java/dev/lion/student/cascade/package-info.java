/**
 * The student in front of its teacher: it answers where it is sure, and from which confidence on it is sure enough is found
 * on judged answers, for a wanted quality.
 */
@NullMarked
package dev.lion.student.cascade;

import org.jspecify.annotations.NullMarked;
