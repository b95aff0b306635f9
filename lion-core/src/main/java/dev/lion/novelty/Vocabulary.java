package dev.lion.novelty;

import java.util.Arrays;

/** Gives each distinct token a small number; about 25 bytes for each. */
final class Vocabulary {
    /** The number of a token that no added text has. */
    static final int UNKNOWN = -1;

    private static final int SPREAD = 0x9E3779B9;

    // the characters of all tokens, one after another
    private char[] characters = new char[1 << 12];
    private int[] ends = new int[1 << 9];
    private int size;
    // open addressing: a token's number + 1, or 0
    private int[] table = new int[1 << 10];

    /** How many tokens have a number; numbers are from 0. */
    int size() {
        return size;
    }

    /** The number of a token, {@link #UNKNOWN} when it has none. */
    int find(String text, int from, int to) {
        return table[slot(text, from, to)] - 1;
    }

    /** The number of a token, a new one when it has none. */
    int intern(String text, int from, int to) {
        int slot = slot(text, from, to);
        if (table[slot] == 0) {
            append(text, from, to);
            table[slot] = size;
            if (size > table.length / 2) {
                rehash();
            }
            return size - 1;
        }
        return table[slot] - 1;
    }

    private void append(String text, int from, int to) {
        int start = start(size);
        int end = start + to - from;
        if (end > characters.length) {
            characters = Arrays.copyOf(characters, Math.max(end, characters.length + characters.length / 2));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size + size / 2);
        }
        text.getChars(from, to, characters, start);
        ends[size++] = end;
    }

    private int slot(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        int slot = firstSlot(hash);
        while (table[slot] != 0 && !isToken(table[slot] - 1, text, from, to)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private int firstSlot(int hash) {
        return (hash * SPREAD) >>> (1 + Integer.numberOfLeadingZeros(table.length));
    }

    private boolean isToken(int token, String text, int from, int to) {
        int start = start(token);
        if (ends[token] - start != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (characters[start + i - from] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int start(int token) {
        return token == 0 ? 0 : ends[token - 1];
    }

    private void rehash() {
        table = new int[table.length * 2];
        for (int token = 0; token < size; token++) {
            int hash = 0;
            for (int i = start(token); i < ends[token]; i++) {
                hash = 31 * hash + characters[i];
            }
            int slot = firstSlot(hash);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = token + 1;
        }
    }
}
