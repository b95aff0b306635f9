package dev.lion.teacher.prompt;

import dev.lion.data.Verdict;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text after a score's label, read as a score from 1 to 10 or as a fault. */
sealed interface ScoreValue {
    /** A score in range. */
    record Score(double value) implements ScoreValue {}

    /** Something else, with what is wrong, to follow "the score of answer 1". */
    record Fault(String reason) implements ScoreValue {}

    /** What surrounds a number in markdown. */
    String DECORATION = "[\\s*_`]*+";

    /** A number, possibly in brackets or emphasis, with the scale it may name. */
    Pattern NUMBER = Pattern.compile(DECORATION + "[\\[(<]{0,2}" + DECORATION
            + "(?<sign>[+−-]?)(?<number>\\d+(?:\\.\\d+)?)"
            + "(?![\\p{L}\\p{N}%°+~]|[.,]\\d|-\\s*$)" + "(?:" + DECORATION + "(?:/|(?:out\\s+)?of\\b)" + DECORATION
            + "(?<scale>\\d+(?:\\.\\d+)?)(?![\\p{L}\\p{N}%]|[.,]\\d))?" + DECORATION + "[\\])>]{0,2}" + DECORATION
            + "(?<points>(?:points?|pts)\\b)?");

    /** What makes a second number part of the value: a range, an alternative, a revision, a list. */
    Pattern SECOND_NUMBER = Pattern.compile(
            DECORATION + "(?:[-–—~/,:;&→|]|->|\\.{2,}|…|to|or|and|then|revised to)?[\\s*_`\\[(<~]*\\d.*",
            Pattern.CASE_INSENSITIVE);

    /** What may follow a number whose label does not say that it is a score. */
    Pattern PLAIN_END = Pattern.compile("\\s*(?:$|[.,;:()|–—-].*)");

    /** Reads what follows a label that says that a score follows: a score or a fault. */
    static ScoreValue read(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.lookingAt()) {
            return new Fault("is not a single number: '" + excerpt(text) + "'");
        }
        if (SECOND_NUMBER.matcher(text.substring(number.end())).matches()) {
            return new Fault("is more than one number: '" + excerpt(text) + "'");
        }
        return inRange(number, text);
    }

    private static ScoreValue inRange(Matcher number, String text) {
        String scale = number.group("scale");
        if (scale != null && Double.parseDouble(scale) != Verdict.MAX_SCORE) {
            return new Fault("is on another scale than 1 to 10: '" + excerpt(text) + "'");
        }
        double value = Double.parseDouble(number.group("number"));
        boolean inRange = number.group("sign").isEmpty() && value >= Verdict.MIN_SCORE && value <= Verdict.MAX_SCORE;
        return inRange ? new Score(value) : new Fault("is outside 1 to 10: '" + excerpt(text) + "'");
    }

    /** Whether the text is a number that stands by itself, and so is a score even where its label does not say so. */
    static boolean standsAlone(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.lookingAt()
                && (number.group("scale") != null
                        || number.group("points") != null
                        || PLAIN_END.matcher(text.substring(number.end())).matches());
    }

    /** Whether the text is a number and nothing else, as on the line after a heading. */
    static boolean isWholeLine(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.lookingAt() && text.substring(number.end()).matches("[\\s.]*");
    }

    private static String excerpt(String text) {
        String stripped = text.strip();
        return stripped.length() <= 40 ? stripped : stripped.substring(0, 40) + "…";
    }
}
