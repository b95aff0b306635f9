package dev.lion.examples;

/** A file's words may be in what is printed, and are not to steer the terminal. */
final class Printable {
    private static final int SHOWN = 60;
    private static final String DIRECTIONS = "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";
    private static final String STEERING = "[\\p{Cntrl}\\x{80}-\\x{9F}\\u2028\\u2029" + DIRECTIONS + "]";

    private Printable() {}

    /** A text of several lines, without what else steers a terminal or turns the direction of writing. */
    static String text(String text) {
        return text.replaceAll("[" + STEERING + "&&[^\n\t]]", "?");
    }

    /** A name on one line, cut where it is long. */
    static String name(String name) {
        String line = name.replaceAll(STEERING, "?");
        return line.codePointCount(0, line.length()) <= SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "...";
    }
}
