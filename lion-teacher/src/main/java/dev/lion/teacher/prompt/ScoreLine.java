package dev.lion.teacher.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds labelled scores in one line of a referee's reply, which must be a {@link PlainLine}. */
final class ScoreLine {
    /** Bullets, numbering and markdown before a label; quotation marks and {@code >} are not among them. */
    private static final String DECORATION = "(?:[\\s*_#`|•]|[-–]\\s){0,60}+(?:\\(?\\d{1,2}[.)]\\s+)?[\\s*_`]*+";

    private static final String LABEL =
            "(?<label>" + ScoreLabel.PATTERN + ")" + "[\\s*_`]*+(?:\\([^()]{0,30}\\)[\\s*_`]*+)?";
    private static final String SEPARATOR = "(?<separator>[:=|→]|[-–—]+>?(?=\\s)|is(?=[^\\p{L}\\d]*\\d)|$)";
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final Pattern AT_START = Pattern.compile(DECORATION + LABEL + SEPARATOR, FLAGS);

    /** A further label on the line; the repetitions are bounded so that degenerate lines are read in linear time. */
    private static final Pattern LATER = Pattern.compile(
            "(?:[.,;|/]\\s{0,2}+|(?<!\\p{L})and\\s{1,2}+|\\s{2})[\\s*_#`|]{0,9}+" + LABEL + SEPARATOR, FLAGS);

    /**
     * One label with what follows it.
     *
     * @param answer 1 or 2
     * @param explicit whether the label says that a score follows
     * @param label the label itself, up to the value
     * @param value the text after the label, up to the next label or the end of the line
     */
    record Labelled(int answer, boolean explicit, String label, String value) {
        /** The same label with a value from elsewhere. */
        Labelled withValue(String newValue) {
            return new Labelled(answer, explicit, label, newValue);
        }

        /** Label and number as they are written, to tell whether they are repeated from elsewhere. */
        String claim() {
            return label + ScoreValue.number(value);
        }

        /** The number, when the label does not say that a score follows. */
        Optional<BareValue> bare() {
            return explicit ? Optional.empty() : ScoreValue.bare(value);
        }

        /** Whether a score is meant, and no heading of a paragraph. */
        boolean isScore() {
            return explicit ? !value.isBlank() : ScoreValue.standsAlone(value);
        }
    }

    private ScoreLine() {}

    /** The labels of a line that starts with one; none for any other line, where a label would be a quotation. */
    static List<Labelled> read(String line) {
        List<Labelled> found = new ArrayList<>();
        Matcher label = AT_START.matcher(line);
        boolean more = label.lookingAt();
        while (more) {
            int answer = answer(label);
            boolean explicit = label.group("explicit") != null;
            String words = line.substring(label.start("label"), label.end());
            int valueStart = label.end();
            label.usePattern(LATER);
            more = label.find(valueStart);
            String value = line.substring(valueStart, more ? label.start() : line.length());
            found.add(new Labelled(answer, explicit, words, value));
        }
        return found;
    }

    private static int answer(Matcher label) {
        for (String group : ScoreLabel.GROUPS) {
            Optional<String> which = Optional.ofNullable(label.group(group));
            if (which.isPresent()) {
                return which.get().equals("1") || which.get().equalsIgnoreCase("first") ? 1 : 2;
            }
        }
        throw new IllegalStateException("a label without an answer: " + label.group());
    }
}
