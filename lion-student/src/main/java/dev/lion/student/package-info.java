/** The student: a llama-style decoder on DJL's PyTorch engine, fine-tuned and decoded in this process. */
@NullMarked
package dev.lion.student;

import org.jspecify.annotations.NullMarked;
