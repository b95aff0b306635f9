/** The student's tokenizer: reading and writing Hugging Face's files, and training a byte-level BPE from texts. */
@NullMarked
package dev.lion.student.tokenizer;

import org.jspecify.annotations.NullMarked;
