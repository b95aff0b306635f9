/**
 * The student: a llama-style decoder on DJL's PyTorch engine, fine-tuned and decoded in this process.
 *
 * <p>{@link dev.lion.student.DjlStudent} is the one to train, for the loop or by itself; {@link dev.lion.student.LoadedStudent} is
 * a trained one that only answers, to many callers at once. To call it as a chat model see {@link dev.lion.student.chat}, to hand it
 * to other software {@link dev.lion.student.DjlStudent#export}.
 */
@NullMarked
package dev.lion.student;

import org.jspecify.annotations.NullMarked;
