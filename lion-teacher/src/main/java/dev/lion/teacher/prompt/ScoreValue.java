package dev.lion.teacher.prompt;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text after a score's label, read as a score or as a fault. */
sealed interface ScoreValue {
    /** A score from 1 to 10, whatever the scale that was asked for. */
    record Score(double value) implements ScoreValue {}

    /** Something else, with what is wrong, to follow "the score of answer 1". */
    record Fault(String reason) implements ScoreValue {}

    /** What surrounds a number in markdown. */
    String DECORATION = "[\\s*_`]*+";

    String DIGITS = "\\d{1,6}+(?:\\.\\d{1,17}+|,\\d{1,2}+(?!\\d)|½)?+";

    String SCALE_END = "(?<scale>\\d{1,6}+(?:\\.\\d{1,6}+)?+)(?![\\p{L}\\p{N}%]|[.,]\\d)";

    String POINTS = "(?:points?|pts|punkte?|puntos?|pontos?|punti|балл(?:а|ов)?)(?!\\p{L})|分|点|점";

    /** A number, possibly in brackets or emphasis, with the scale it may name. */
    Pattern NUMBER = Pattern.compile(
            DECORATION + "(?<open>[\\[(<]{0,2}+)" + DECORATION
                    + "(?<sign>[+-]?)(?:(?<number>" + DIGITS + ")|(?<word>" + NumberWords.PATTERN + "))"
                    + "(?!(?!分|点|점)[\\p{L}\\p{N}%°+~]|[.,]\\d|-\\s*$)"
                    + "(?:\\s{0,2}+(?<points>" + POINTS + "))?+"
                    + "(?:" + DECORATION + "(?:/|[(]?+(?:(?:out\\s{1,2})?of|von|sur|sobre|su|de|из)(?!\\p{L}))"
                    + DECORATION
                    + "(?:(?:a\\s{1,2})?(?:possible|maximum|total)\\s{1,2}(?:of\\s{1,2})?)?"
                    + "(?:" + SCALE_END + "|(?<ten>ten|zehn|dix|diez|dez|dieci)(?!\\p{L})))?" + DECORATION
                    + "(?<close>[\\])>]{0,2}+)" + DECORATION + "(?<pointsOfAll>" + POINTS + ")?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What makes a second number part of the value: a range, an alternative, a revision, a list. */
    Pattern SECOND_NUMBER = Pattern.compile(
            DECORATION + "(?:[-–—~/,:;&→|]|->|\\.{2,9}+|…|to|or|and|then|revised to)?[\\s*_`\\[(<~]*+\\d.*",
            Pattern.CASE_INSENSITIVE);

    /** What may follow a number that names its scale and whose label does not say that it is a score. */
    Pattern PLAIN_END = Pattern.compile("\\s*+(?:$|[.,;:()|–—-].*)");

    /** What may follow such a number without a scale. */
    Pattern LINE_END = Pattern.compile("[\\s.)\\]*_`|]*+");

    /** What may follow a number in words: nothing that would make it part of a sentence. */
    Pattern WORD_END = Pattern.compile("[\\s.)\\]*_`|]*+(?:$|[(].*)");

    /** Reads what follows a label that says that a score follows: a score or a fault. */
    static ScoreValue read(String text, Scale.Points scale) {
        Matcher number = NUMBER.matcher(text);
        if (!number.lookingAt() || isPartOfSentence(number, text) || isBound(number)) {
            return new Fault("is not a single number: '" + excerpt(text) + "'");
        }
        String rest = text.substring(number.end());
        if (SECOND_NUMBER.matcher(rest).matches()) {
            return new Fault("is more than one number: '" + excerpt(text) + "'");
        }
        if (Remark.isPartOfScore(rest)) {
            return new Fault("is followed by what may change it: '" + excerpt(text) + "'");
        }
        return inRange(number, text, scale);
    }

    private static boolean isPartOfSentence(Matcher number, String text) {
        return number.group("word") != null
                && !WORD_END.matcher(text.substring(number.end())).matches();
    }

    /** Such as {@code <8}, which is no bracket. */
    private static boolean isBound(Matcher number) {
        return number.group("open").contains("<") && !number.group("close").contains(">");
    }

    private static ScoreValue inRange(Matcher number, String text, Scale.Points scale) {
        OptionalDouble named = namedScale(number);
        if (named.isPresent() && named.getAsDouble() != scale.high()) {
            return new Fault("is on another scale than " + range(scale) + ": '" + excerpt(text) + "'");
        }
        double value = value(number);
        boolean inRange = number.group("sign").isEmpty() && scale.contains(value);
        return inRange
                ? new Score(scale.score(value))
                : new Fault("is outside " + range(scale) + ": '" + excerpt(text) + "'");
    }

    private static OptionalDouble namedScale(Matcher number) {
        if (number.group("ten") != null) {
            return OptionalDouble.of(10);
        }
        String scale = number.group("scale");
        return scale == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(scale));
    }

    private static double value(Matcher number) {
        String word = number.group("word");
        if (word != null) {
            return NumberWords.value(word);
        }
        String digits = number.group("number");
        return digits.endsWith("½")
                ? Double.parseDouble(digits.substring(0, digits.length() - 1)) + 0.5
                : Double.parseDouble(digits.replace(',', '.'));
    }

    /** How a range is said. */
    static String range(Scale.Points scale) {
        return Scale.Points.plain(scale.low()) + " to " + Scale.Points.plain(scale.high());
    }

    /** Whether the text is a number that stands by itself, and so is a score even where its label does not say so. */
    static boolean standsAlone(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.lookingAt()
                && !isPartOfSentence(number, text)
                && (isScaled(number) ? PLAIN_END : LINE_END)
                        .matcher(text.substring(number.end()))
                        .matches();
    }

    /** Whether points or a scale are named, and not only how many of how many. */
    private static boolean isScaled(Matcher number) {
        String words = number.group().toLowerCase(Locale.ROOT);
        return number.group("points") != null
                || number.group("pointsOfAll") != null
                || words.contains("/")
                || words.contains("out");
    }

    /** The number that a text begins with, as it is written; empty when there is none. */
    static Optional<BareValue> bare(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.lookingAt()
                ? Optional.of(new BareValue(value(number), isScaled(number), !isScaled(number), number.group()))
                : Optional.empty();
    }

    /** Whether the text is a number and nothing else, as on the line after a heading. */
    static boolean isWholeLine(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.lookingAt() && text.substring(number.end()).matches("[\\s.]*+");
    }

    /** The number that the text begins with, without its scale; the beginning of the text when there is none. */
    static String number(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.lookingAt()) {
            return excerpt(text);
        }
        return text.substring(0, number.end(number.group("word") == null ? "number" : "word"));
    }

    private static String excerpt(String text) {
        String stripped = text.strip();
        return stripped.length() <= 40 ? stripped : stripped.substring(0, 40) + "…";
    }
}
