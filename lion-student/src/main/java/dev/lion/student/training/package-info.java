/** Fine-tuning a decoder on answers: batches, loss, AdamW, the learning rate's schedule, and progress that survives a stop. */
@NullMarked
package dev.lion.student.training;

import org.jspecify.annotations.NullMarked;
