package dev.lion.teacher.prompt;

import java.text.Normalizer;

/**
 * A line of a reply as the patterns see it: digits of every script as 0 to 9, full-width and other forms of the signs around
 * numbers as those of ASCII, composed letters, no invisible characters, and of spaces never more than two in a row and of
 * combining marks never more than thirty, which keeps the patterns and the composing linear. A plain line stays as it is.
 */
final class PlainLine {
    /** Each form before the sign that it is read as. */
    private static final String FORMS = "：:．.／/\u2044/\u2215/＝=（(）)［[］]，,｜|＊*＿_＃#٫.٬,＜<＞>％%٪%＋+\u301C~～~⇒→➜→➔→"
            + "－-−-﹣-\u2010-\u2011-\u2012-\u2015-";

    /** As many as Unicode's stream-safe text has. */
    private static final int MOST_MARKS = 30;

    private PlainLine() {}

    static String of(String line) {
        // composing may take a mark apart, so the marks are counted before it, for its sake, and after it
        return withFewMarks(Normalizer.normalize(withFewMarks(withPlainForms(line)), Normalizer.Form.NFC));
    }

    private static String withPlainForms(String line) {
        var plain = new StringBuilder(line.length());
        line.codePoints().forEach(c -> append(plain, c));
        return plain.toString();
    }

    private static String withFewMarks(String line) {
        var few = new StringBuilder(line.length());
        int marks = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            i += Character.charCount(c);
            marks = isMark(c) ? marks + 1 : 0;
            if (marks <= MOST_MARKS) {
                few.appendCodePoint(c);
            }
        }
        return few.toString();
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static void append(StringBuilder plain, int c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
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
