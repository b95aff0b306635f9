/**
 * The student's tokenizer: reading and writing Hugging Face's files, and training a byte-level BPE from texts.
 *
 * <p>{@link dev.lion.student.tokenizer.StudentTokenizer#read} opens that of a folder, to count tokens or look at them; {@code
 * train} makes one for a student from scratch.
 */
@NullMarked
package dev.lion.student.tokenizer;

import org.jspecify.annotations.NullMarked;
