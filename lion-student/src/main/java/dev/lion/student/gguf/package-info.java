/**
 * Models in one file of the GGUF format, as llama.cpp and Ollama run them: written, and read back to be compared.
 *
 * <p>Like {@link dev.lion.student.checkpoint} this package moves numbers and words from and to files, without a tensor
 * library in sight.
 */
@NullMarked
package dev.lion.student.gguf;

import org.jspecify.annotations.NullMarked;
