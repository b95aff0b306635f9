package dev.lion.student.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * The printable characters that stand for bytes in a byte-level vocabulary, as GPT-2 chose them: a printable Latin-1
 * character stands for itself, the others follow from U+0100 on.
 */
final class ByteAlphabet {
    static final int SIZE = 256;
    private static final char[] SYMBOLS = symbols();

    private ByteAlphabet() {}

    private static char[] symbols() {
        var symbols = new char[SIZE];
        char next = SIZE;
        for (int value = 0; value < SIZE; value++) {
            symbols[value] = isPrintable(value) ? (char) value : next++;
        }
        return symbols;
    }

    private static boolean isPrintable(int value) {
        return (value >= '!' && value <= '~') || (value >= '¡' && value <= '¬') || value >= '®';
    }

    /** The character that stands for the byte, 0 to 255. */
    static char symbol(int value) {
        return SYMBOLS[value];
    }

    /**
     * The text as Unicode can hold it: a surrogate without its partner, which no UTF-8 can carry, becomes U+FFFD.
     */
    static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }
}
