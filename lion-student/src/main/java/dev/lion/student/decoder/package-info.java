/**
 * The decoder network: its configuration, its weights by Hugging Face names, and its TorchScript source.
 *
 * <p>An application meets {@link dev.lion.student.decoder.LoraConfig}, to train an adapter, {@link
 * dev.lion.student.decoder.WeightType}, in which weights are held, and {@link dev.lion.student.decoder.DecoderConfig}, the shape of
 * a student from scratch. The rest is for the trainer and the batch decoder.
 */
@NullMarked
package dev.lion.student.decoder;

import org.jspecify.annotations.NullMarked;
