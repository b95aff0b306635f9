package dev.lion.student.decoding;

/**
 * What a decoder has done since it was opened.
 *
 * @param read tokens of prompts that were computed; those that a row learnt from another with the same beginning are not
 * @param shared tokens of prompts that were copied from another row
 * @param written tokens of answers, end tokens included
 * @param putBack rows that had to make room for others and were read again
 * @param mostCacheBytes the most memory that keys and values took at a time
 */
public record DecodingCounts(long read, long shared, long written, long putBack, long mostCacheBytes) {}
