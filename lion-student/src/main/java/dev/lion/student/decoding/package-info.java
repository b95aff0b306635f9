/** Answering with a decoder: batches of prompts, a cache of keys and values, greedy choice or sampling. */
@NullMarked
package dev.lion.student.decoding;

import org.jspecify.annotations.NullMarked;
