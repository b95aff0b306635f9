package dev.lion.examples;

import com.fasterxml.jackson.databind.node.TextNode;

/** Text of others inside Markdown: it stays text, and becomes neither markup nor HTML nor a link. */
final class Markdown {
    private static final int LONGEST = 300;

    private Markdown() {}

    /** The text on one line, with a backslash before every sign that could mean something. */
    static String text(String text) {
        String line =
                visible(text).replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        String shown = line.length() > LONGEST ? start(line) + "…" : line;
        return shown.replaceAll("([\\p{Punct}&&[^,.%-]])", "\\\\$1").replaceAll("(?i)(www)\\.", "$1\\\\.");
    }

    /** The text as a value of YAML, of which JSON's texts are a part. */
    static String yaml(String text) {
        return TextNode.valueOf(visible(text)).toString();
    }

    /** Without what cannot be seen and changes how the rest is shown, and without halves of characters. */
    private static String visible(String text) {
        return text.replaceAll("[\\p{Cf}\\p{Cs}]", "");
    }

    private static String start(String line) {
        boolean inPair = Character.isHighSurrogate(line.charAt(LONGEST - 1));
        return line.substring(0, inPair ? LONGEST - 1 : LONGEST);
    }
}
