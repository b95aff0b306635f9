/**
 * The student in front of its teacher: it answers where it is sure, and from which confidence on it is sure enough is found
 * on judged answers, for a wanted quality.
 *
 * <p>{@link dev.lion.student.cascade.CascadeChatModel} is the chat model; its calibration is made by {@link
 * dev.lion.student.cascade.CascadeCalibration} or by {@code lion-examples cascade}.
 */
@NullMarked
package dev.lion.student.cascade;

import org.jspecify.annotations.NullMarked;
