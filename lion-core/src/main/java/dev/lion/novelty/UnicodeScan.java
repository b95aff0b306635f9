package dev.lion.novelty;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The rules of {@link Tokenization#UNICODE}, by code point. */
final class UnicodeScan {
    private static final Set<UnicodeScript> WITHOUT_WORD_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TAI_LE,
            UnicodeScript.NEW_TAI_LUE,
            UnicodeScript.TAI_THAM,
            UnicodeScript.TAI_VIET,
            UnicodeScript.JAVANESE,
            UnicodeScript.BALINESE);
    // is shared by both kana, so it has no script of its own
    private static final int PROLONGED_SOUND_MARK = 0x30FC;
    private static final int FIRST_VARIATION_SELECTOR = 0xFE00;
    private static final int LAST_VARIATION_SELECTOR = 0xFE0F;
    private static final int FIRST_SUPPLEMENTARY_SELECTOR = 0xE0100;
    private static final int LAST_SUPPLEMENTARY_SELECTOR = 0xE01EF;

    private UnicodeScan() {}

    private enum Kind {
        /** Part of a run. */
        WORD,
        /** A token of its own. */
        ALONE,
        /** Belongs to the token before it. */
        MARK,
        SEPARATOR
    }

    static void scan(String text, Tokenization.Sink sink) {
        String folded = fold(text);
        int start = 0;
        Kind running = Kind.SEPARATOR;
        for (int i = 0, next; i < folded.length(); i = next) {
            int c = folded.codePointAt(i);
            next = i + Character.charCount(c);
            Kind kind = kind(c);
            if (running != Kind.SEPARATOR && (kind == Kind.MARK || (kind == Kind.WORD && running == Kind.WORD))) {
                continue;
            }
            if (running != Kind.SEPARATOR) {
                sink.token(folded, start, i);
            }
            start = i;
            running = kind == Kind.MARK ? Kind.WORD : kind;
        }
        if (running != Kind.SEPARATOR) {
            sink.token(folded, start, folded.length());
        }
    }

    /** Upper case first: it spells out what has several lower-case forms (sharp s, final sigma). */
    private static String fold(String text) {
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(upper.length());
        upper.codePoints().filter(c -> !isInvisible(c)).forEach(c -> folded.appendCodePoint(Character.toLowerCase(c)));
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT
                || (c >= FIRST_VARIATION_SELECTOR && c <= LAST_VARIATION_SELECTOR)
                || (c >= FIRST_SUPPLEMENTARY_SELECTOR && c <= LAST_SUPPLEMENTARY_SELECTOR);
    }

    private static Kind kind(int c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> isAlone(c) ? Kind.ALONE : Kind.WORD;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> Kind.WORD;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> Kind.MARK;
            case Character.OTHER_SYMBOL -> Kind.ALONE;
            default -> Kind.SEPARATOR;
        };
    }

    private static boolean isAlone(int letter) {
        return letter == PROLONGED_SOUND_MARK || WITHOUT_WORD_SPACES.contains(UnicodeScript.of(letter));
    }
}
