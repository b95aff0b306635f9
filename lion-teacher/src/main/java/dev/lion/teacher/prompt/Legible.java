package dev.lion.teacher.prompt;

/**
 * Text as a model is shown it: what cannot be seen is written out, so that it neither hides something from the eye of whoever
 * reads a run nor smuggles something to the model.
 *
 * <p>Line ends become {@code \n}. Written out as {@code ⟨U+202E⟩} are control characters but tabs, characters that change the
 * direction of writing, invisible ones (zero-width space and no-break space, word joiner, soft hyphen, the tag characters, the
 * fillers and blanks of some scripts), variation selectors, lone halves of surrogate pairs and code points that are no
 * characters. The joiners that emoji, Persian and Indic scripts need stay, and so do the two selectors that say how a symbol or
 * a keycap is drawn.
 */
final class Legible {
    private static final int FIRST_TAG = 0xE0000;
    private static final int LAST_TAG = 0xE007F;

    /** Grapheme joiner, Hangul fillers, Khmer inherent vowels, Mongolian vowel separator, empty braille pattern. */
    private static final String FILLERS = "\u034F\u115F\u1160\u17B4\u17B5\u180E\u2800\u3164\uFFA0";

    private static final int KEYCAP = 0x20E3;

    private Legible() {}

    static String of(String text) {
        var shown = new StringBuilder(text.length() + 32);
        int before = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c != '\n' || before != '\r') {
                append(shown, c, isDrawing(c, before, i < text.length() ? text.codePointAt(i) : 0));
            }
            before = c;
        }
        return text.contentEquals(shown) ? text : shown.toString();
    }

    /** Whether it selects how a symbol is drawn: as text or in colours. */
    private static boolean isDrawing(int c, int before, int after) {
        int type = Character.getType(before);
        return (c == 0xFE0E || c == 0xFE0F)
                && (type == Character.OTHER_SYMBOL || type == Character.MATH_SYMBOL || after == KEYCAP);
    }

    private static void append(StringBuilder shown, int c, boolean isDrawing) {
        if (c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
            shown.append('\n');
        } else if (isWrittenOut(c) && !isDrawing) {
            shown.append("⟨U+%04X⟩".formatted(c));
        } else {
            shown.appendCodePoint(c);
        }
    }

    private static boolean isWrittenOut(int c) {
        boolean control = c < ' ' ? c != '\n' && c != '\t' : c >= 0x7F && c < 0xA0;
        boolean selector = (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
        return control || selector || isInvisible(c) || (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFE) == 0xFFFE;
    }

    private static boolean isInvisible(int c) {
        boolean direction = c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x206F);
        boolean width = c == 0xAD || c == 0x200B || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
        boolean annotation = c >= 0xFFF9 && c <= 0xFFFB;
        return direction || width || annotation || FILLERS.indexOf(c) >= 0 || (c >= FIRST_TAG && c <= LAST_TAG);
    }
}
