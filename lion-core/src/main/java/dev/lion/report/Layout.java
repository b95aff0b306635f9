package dev.lion.report;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;

/** The recurring pieces of the page. */
final class Layout {
    /** Characters of a long text that show without unfolding it. */
    private static final int SHOWN = 420;
    /** Characters of a text beyond which the page leaves the rest out and says so. */
    private static final int MOST = 20_000;

    private Layout() {}

    /** A section with its heading and one paragraph on how to read it. */
    static Element section(String id, String heading, String lead) {
        return Element.of("section")
                .with("id", id)
                .with("aria-labelledby", id + "-h")
                .add(Element.of("h2").with("id", id + "-h").text(heading))
                .add(Element.of("p", "lead").text(lead));
    }

    /** A chart under its heading, with a caption that may be empty. */
    static Element chart(String heading, String caption, Element chart) {
        Element card = Element.of("div", "card chart").add(Element.of("h3").text(heading));
        if (!caption.isEmpty()) {
            card.add(Element.of("p", "caption").text(caption));
        }
        return card.add(chart);
    }

    static Element cards(List<Element> cards) {
        return Element.of("div", "cards").add(cards);
    }

    static Element note(String text) {
        return Element.of("p", "note").text(text);
    }

    /** A few words of a model or a user inside a line: isolated, so that they cannot turn the line's direction. */
    static Element inline(String text) {
        return Element.of("bdi").with("dir", "auto").text(text);
    }

    /** At most {@code length} characters of a text inside a line. */
    static Element inline(String text, int length) {
        String line = text.strip().replaceAll("\\s+", " ");
        return inline(line.length() <= length ? line : start(line, length) + "\u2026");
    }

    /** A text of a model or a user with its line breaks; a long one folds. */
    static Element prose(String text) {
        if (text.isBlank()) {
            return Element.of("p", "empty").text("(empty)");
        }
        if (text.length() <= SHOWN * 5 / 4) {
            return block(text);
        }
        String all = Figures.count(text.codePointCount(0, text.length()), "character");
        return Element.of("details", "long")
                .add(Element.of("summary")
                        .add(Element.of("span", "prose clip")
                                .with("dir", "auto")
                                .text(start(text, SHOWN) + "\u2026"))
                        .add(Element.of("span", "unfold").text("Show all " + all)))
                .add(unfolded(text));
    }

    private static Element unfolded(String text) {
        if (text.length() <= MOST) {
            return block(text);
        }
        String shown = start(text, MOST);
        String rest = Figures.count(text.codePointCount(shown.length(), text.length()), "more character");
        return Element.of("div").add(block(shown), note(rest + " in the run directory, not on this page."));
    }

    private static Element block(String text) {
        return Element.of("div", "prose").with("dir", "auto").text(text);
    }

    /** The start of a text, cut between characters as a reader sees them. */
    private static String start(String text, int length) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text.substring(0, Math.min(text.length(), length + 64)));
        int end = characters.isBoundary(length) ? length : characters.preceding(length);
        return text.substring(0, end > 0 ? end : length);
    }
}
