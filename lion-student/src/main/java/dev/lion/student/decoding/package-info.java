/**
 * Answering with a decoder: batches of prompts, a cache of keys and values, greedy choice or sampling.
 *
 * <p>{@link dev.lion.student.decoding.DecodingConfig} says how tokens are chosen and when an answer ends, {@link
 * dev.lion.student.decoding.BatchingConfig} how many answers are written together and in how much memory. {@code BatchDecoder}
 * does it, a row the same in any company.
 */
@NullMarked
package dev.lion.student.decoding;

import org.jspecify.annotations.NullMarked;
