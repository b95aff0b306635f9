/** The decoder network: its configuration, its weights by Hugging Face names, and its TorchScript source. */
@NullMarked
package dev.lion.student.decoder;

import org.jspecify.annotations.NullMarked;
