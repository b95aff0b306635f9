package dev.lion.teacher.prompt;

import java.text.Normalizer;

/**
 * A line of a reply as the patterns see it: digits of every script as 0 to 9, full-width and other forms of the signs around
 * numbers as those of ASCII, composed letters, no invisible characters, and of spaces never more than two in a row, which
 * keeps the patterns linear.
 */
final class PlainLine {
    private static final String FORMS = "：:．.／/＝=（(）)［[］]，,｜|＊*－-＿_＃#٫.٬,−-﹣-　 ";

    private PlainLine() {}

    static String of(String line) {
        String composed = Normalizer.normalize(line, Normalizer.Form.NFC);
        var plain = new StringBuilder(composed.length());
        for (int i = 0; i < composed.length(); ) {
            int c = composed.codePointAt(i);
            i += Character.charCount(c);
            append(plain, c);
        }
        return plain.toString();
    }

    private static void append(StringBuilder plain, int c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            appendSpace(plain);
        } else if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
            plain.append((char) ('0' + Character.digit(c, 10)));
        } else if (Character.getType(c) != Character.FORMAT) {
            plain.appendCodePoint(form(c));
        }
    }

    private static void appendSpace(StringBuilder plain) {
        int length = plain.length();
        if (length < 2 || plain.charAt(length - 1) != ' ' || plain.charAt(length - 2) != ' ') {
            plain.append(' ');
        }
    }

    private static int form(int c) {
        for (int i = 0; i < FORMS.length(); i += 2) {
            if (FORMS.charAt(i) == c) {
                return FORMS.charAt(i + 1);
            }
        }
        return c;
    }
}
