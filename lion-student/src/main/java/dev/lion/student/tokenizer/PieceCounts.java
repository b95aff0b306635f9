package dev.lion.student.tokenizer;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often each piece occurs in a body of text: merges never cross the border of two pieces.
 *
 * <p>The pieces are those of Hugging Face's pre-tokenizers {@code Digits(individual_digits)} followed by {@code
 * ByteLevel(use_regex)}, in one expression: GPT-2's, with every digit on its own, and with a digit ending the white space
 * before it as the end of the text does.
 */
final class PieceCounts {
    private static final Pattern PIECE = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d"
                    + "|\\p{N}"
                    + "| ?\\p{L}+"
                    + "| ?[^\\s\\p{L}\\p{N}]+"
                    + "|\\s+(?![^\\s\\p{N}])"
                    + "|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<String, Long> counts = new HashMap<>();

    void add(String text) {
        Matcher piece = PIECE.matcher(ByteAlphabet.wellFormed(text));
        while (piece.find()) {
            counts.merge(piece.group(), 1L, Long::sum);
        }
    }

    Map<String, Long> asMap() {
        return counts;
    }
}
