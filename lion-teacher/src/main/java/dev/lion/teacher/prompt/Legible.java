package dev.lion.teacher.prompt;

/**
 * Text as a model is shown it: what cannot be seen is written out, so that it neither hides something from the eye of whoever
 * reads a run nor smuggles something to the model.
 *
 * <p>Line ends become {@code \n}. Written out as {@code ⟨U+202E⟩} are control characters but tabs, characters that change the
 * direction of writing, invisible ones (zero-width space and no-break space, word joiner, soft hyphen, the tag characters),
 * lone halves of surrogate pairs and code points that are no characters. The joiners that emoji, Persian and Indic scripts
 * need stay.
 */
final class Legible {
    private static final int FIRST_TAG = 0xE0000;
    private static final int LAST_TAG = 0xE007F;

    private Legible() {}

    static String of(String text) {
        if (text.codePoints().noneMatch(Legible::isWrittenOut) && text.indexOf('\r') < 0) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 32);
        text.replace("\r\n", "\n").codePoints().forEach(c -> append(shown, c));
        return shown.toString();
    }

    private static void append(StringBuilder shown, int c) {
        if (c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
            shown.append('\n');
        } else if (isWrittenOut(c)) {
            shown.append("⟨U+%04X⟩".formatted(c));
        } else {
            shown.appendCodePoint(c);
        }
    }

    private static boolean isWrittenOut(int c) {
        boolean control = c < ' ' ? c != '\n' && c != '\t' : c >= 0x7F && c < 0xA0;
        return control || isInvisible(c) || (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFE) == 0xFFFE;
    }

    private static boolean isInvisible(int c) {
        boolean direction = c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x206F);
        boolean width = c == 0xAD || c == 0x200B || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
        return direction || width || c == 0x2028 || c == 0x2029 || (c >= FIRST_TAG && c <= LAST_TAG);
    }
}
