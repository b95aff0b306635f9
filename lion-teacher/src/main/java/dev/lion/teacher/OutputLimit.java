package dev.lion.teacher;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * The limit on a generated instruction: so many tokens for each word of the seed, but never fewer than a floor.
 *
 * @param tokensPerWord tokens for each word of the seed
 * @param floor the least limit in tokens
 */
record OutputLimit(int tokensPerWord, int floor) {
    /** Scripts that are written without spaces between words: each letter counts as a word. */
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    int tokensFor(String seed) {
        return Math.max(floor, tokensPerWord * words(seed));
    }

    private static int words(String text) {
        long unspaced = text.codePoints()
                .filter(c -> WITHOUT_SPACES.contains(UnicodeScript.of(c)))
                .count();
        return Math.toIntExact(unspaced + text.strip().split("\\s+").length);
    }
}
