package dev.lion.examples;

import com.fasterxml.jackson.databind.node.TextNode;

/** Text of others inside Markdown: it stays text, and becomes neither markup nor HTML nor a link. */
final class Markdown {
    private static final int LONGEST = 300;

    private Markdown() {}

    /** The text on one line, with a backslash before every sign that could mean something. */
    static String text(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        String shown = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        return shown.replaceAll("([\\p{Punct}&&[^,.%-]])", "\\\\$1").replaceAll("(?i)(www)\\.", "$1\\\\.");
    }

    /** The text as a value of YAML, of which JSON's texts are a part. */
    static String yaml(String text) {
        return TextNode.valueOf(text).toString();
    }
}
