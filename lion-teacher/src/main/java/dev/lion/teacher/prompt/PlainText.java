package dev.lion.teacher.prompt;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Texts as letters and digits and nothing else, to tell whether a model repeats them: without case, spaces, punctuation,
 * emphasis, line ends and what is written out because it cannot be seen, digits of all scripts as those of ASCII.
 */
final class PlainText {
    /** As {@link Legible} writes it; a model that repeats the text may leave it out. */
    private static final Pattern WRITTEN_OUT = Pattern.compile("⟨U\\+[0-9A-Fa-f]{4,6}⟩");

    private final List<String> texts;

    PlainText(List<String> texts) {
        this.texts = texts.stream().map(PlainText::plain).toList();
    }

    /** Whether one of the texts has these words in this order, the last of them perhaps as the beginning of a longer one. */
    boolean contains(String words) {
        String plain = plain(words);
        return !plain.isEmpty() && texts.stream().anyMatch(text -> text.contains(plain));
    }

    private static String plain(String text) {
        String line = PlainLine.of(WRITTEN_OUT.matcher(text).replaceAll("")).toLowerCase(Locale.ROOT);
        var plain = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
                plain.append(c);
            } else if (isDecimalPoint(line, i)) {
                plain.append('.');
            }
        }
        return plain.toString();
    }

    private static boolean isDecimalPoint(String line, int index) {
        char c = line.charAt(index);
        return (c == '.' || c == ',')
                && index > 0
                && index + 1 < line.length()
                && Character.isDigit(line.charAt(index - 1))
                && Character.isDigit(line.charAt(index + 1));
    }
}
