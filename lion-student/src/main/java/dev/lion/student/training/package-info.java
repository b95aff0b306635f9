/**
 * Fine-tuning a decoder on answers: batches, loss, AdamW, the learning rate's schedule, and progress that survives a stop.
 *
 * <p>{@link dev.lion.student.training.TrainingConfig} has the settings, with the paper's as defaults, and {@link
 * dev.lion.student.training.DpoConfig} those of learning from preferences. The exceptions say why a training was refused or
 * stopped: {@link dev.lion.student.training.NotEnoughMemoryException}, {@link
 * dev.lion.student.training.UnstableTrainingException}.
 */
@NullMarked
package dev.lion.student.training;

import org.jspecify.annotations.NullMarked;
