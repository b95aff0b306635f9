/**
 * Models and adapters in Hugging Face's folder layout: safetensors weights, {@code config.json} and {@code
 * generation_config.json}, without a tensor library in sight.
 *
 * <p>A student's folder is written in three steps: {@link dev.lion.student.checkpoint.CheckpointFolder#write} for
 * weights and configuration, {@code StudentTokenizer.writeTo} for the tokenizer, {@code PromptFormat.writeTo} for the
 * prompt that the student was trained with.
 */
@NullMarked
package dev.lion.student.checkpoint;

import org.jspecify.annotations.NullMarked;
