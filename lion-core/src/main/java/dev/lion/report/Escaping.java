package dev.lion.report;

/**
 * Makes any text safe inside HTML and legal in XML. What would act on the page without being seen is shown instead:
 * control characters as their pictures, overrides of the writing direction and other invisible characters by number.
 */
final class Escaping {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE_PICTURE = 0x2421;
    private static final int REPLACEMENT = 0xFFFD;

    private Escaping() {}

    /** The text for an element's content or an attribute's value, either kind of quotes included. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.replace("\r\n", "\n").codePoints().forEach(c -> append(c, out));
        return out.toString();
    }

    private static void append(int c, StringBuilder out) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            case '\n', '\t' -> out.append((char) c);
            default -> out.append(visible(c));
        }
    }

    private static String visible(int c) {
        if (c < 0x20) {
            return Character.toString(CONTROL_PICTURES + c);
        }
        if (c == 0x7F) {
            return Character.toString(DELETE_PICTURE);
        }
        if (Character.getType(c) == Character.SURROGATE) {
            return Character.toString(REPLACEMENT);
        }
        return isUnseen(c) ? String.format("[U+%04X]", c) : Character.toString(c);
    }

    /** C1 controls, bidirectional embeddings, overrides and isolates, byte-order marks, tags, and noncharacters. */
    private static boolean isUnseen(int c) {
        return (c >= 0x80 && c <= 0x9F)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xFEFF
                || (c >= 0xE0000 && c <= 0xE007F)
                || (c >= 0xFDD0 && c <= 0xFDEF)
                || (c & 0xFFFE) == 0xFFFE;
    }
}
