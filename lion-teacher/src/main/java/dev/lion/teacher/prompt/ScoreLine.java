package dev.lion.teacher.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds labelled scores in one line of a referee's reply. */
final class ScoreLine {
    /** Bullets, numbering and markdown before a label; quotation marks and {@code >} are not among them. */
    private static final String DECORATION = "(?:[\\s*_#`|•]|[-–]\\s){0,60}+(?:\\(?\\d{1,2}[.)]\\s+)?[\\s*_`]*+";

    private static final String ANSWER = "(?:answer|response|assistant|reply)";
    private static final String WHICH = "#?\\s*(?<%s>[12])(?!\\.?\\d)";
    private static final String ORDINAL = "(?<%s>first|second)";
    private static final String SCORE = "(?:the\\s+)?(?:final\\s+|overall\\s+)?(?:score|rating)";

    /** A label that says that a score follows, such as {@code Score of answer 1} or {@code First answer's score}. */
    private static final String EXPLICIT =
            "(?:" + SCORE + "\\s*(?:(?:of|for)\\s+)?(?:the\\s+)?(?:(?:" + ANSWER + "\\s*)?"
                    + WHICH.formatted("a") + "|" + ORDINAL.formatted("b") + "\\s+" + ANSWER + ")"
                    + "|" + ANSWER + "\\s*" + WHICH.formatted("c") + "(?:['’]s)?\\s*" + SCORE
                    + "|" + ORDINAL.formatted("d") + "\\s+" + ANSWER + "(?:['’]s)?\\s*" + SCORE + ")\\b";

    /** A label that may as well head a paragraph of evidence, such as {@code Answer 1}. */
    private static final String BARE =
            "(?:" + ANSWER + "\\s*" + WHICH.formatted("e") + "|" + ORDINAL.formatted("f") + "\\s+" + ANSWER + ")\\b";

    private static final String LABEL =
            "(?:(?<explicit>" + EXPLICIT + ")|" + BARE + ")[\\s*_`]*+(?:\\([^()]{0,30}\\)[\\s*_`]*+)?";
    private static final String SEPARATOR = "(?<separator>[:：=|→]|[-–—]+>?(?=\\s)|\\bis(?=\\W*\\d)|$)";
    private static final int FLAGS = Pattern.CASE_INSENSITIVE;
    private static final Pattern AT_START = Pattern.compile(DECORATION + LABEL + SEPARATOR, FLAGS);

    /** A further label on the line; the repetitions are bounded so that degenerate lines are read in linear time. */
    private static final Pattern LATER =
            Pattern.compile("(?:[.,;|/]\\s{0,9}|\\band\\s{1,9}|\\s{2})[\\s*_#`|]{0,9}" + LABEL + SEPARATOR, FLAGS);

    /**
     * One label with what follows it.
     *
     * @param answer 1 or 2
     * @param explicit whether the label says that a score follows
     * @param value the text after the label, up to the next label or the end of the line
     */
    record Labelled(int answer, boolean explicit, String value) {
        /** The same label with a value from elsewhere. */
        Labelled withValue(String newValue) {
            return new Labelled(answer, explicit, newValue);
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
            int valueStart = label.end();
            label.usePattern(LATER);
            more = label.find(valueStart);
            found.add(new Labelled(answer, explicit, line.substring(valueStart, more ? label.start() : line.length())));
        }
        return found;
    }

    private static int answer(Matcher label) {
        for (String group : List.of("a", "b", "c", "d", "e", "f")) {
            Optional<String> which = Optional.ofNullable(label.group(group));
            if (which.isPresent()) {
                return which.get().equals("1") || which.get().equalsIgnoreCase("first") ? 1 : 2;
            }
        }
        throw new IllegalStateException("a label without an answer: " + label.group());
    }
}
