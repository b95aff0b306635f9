package dev.lion.teacher.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of a reply says of one answer's score.
 *
 * @param answer 1 or 2
 * @param value the score, or what is wrong with it
 * @param words the words that say so, to tell whether they are repeated from elsewhere
 * @param bare the number as it is written, when nothing says that it is a score
 */
record Claim(int answer, ScoreValue value, String words, Optional<BareValue> bare) {
    private static final Pattern PREFERENCE = Pattern.compile(
            "(?:[\\s*_#`|•]|[-–]\\s){0,60}+(?:the\\s{1,2})?(?:better\\s{1,2}answer|better|winner|preferred\\s{1,2}answer|preference|verdict)"
                    + "[\\s*_`]*+(?:[:=|]|is(?=\\s))[\\s*_`\\[(]*+"
                    + "(?:(?:the\\s{1,2})?(?:answer|response|assistant)\\s{1,2})?#?"
                    + "(?<value>1|2|first|second|tie|draw|equal|neither|both)(?![\\p{L}\\p{N}])(?:\\s{1,2}answer)?[\\s*_`\\])|.]*+",
            Pattern.CASE_INSENSITIVE);

    /** The answer that a whole line prefers, as both answers' scores; none when it is another kind of line. */
    static List<Claim> preference(String plainLine) {
        Matcher line = PREFERENCE.matcher(plainLine);
        return line.matches() ? preference(line.group("value").toLowerCase(Locale.ROOT), plainLine) : List.of();
    }

    private static List<Claim> preference(String preferred, String words) {
        double first = switch (preferred) {
            case "1", "first" -> 10;
            case "2", "second" -> 1;
            default -> 5.5;
        };
        return List.of(
                new Claim(1, new ScoreValue.Score(first), words, Optional.empty()),
                new Claim(2, new ScoreValue.Score(11 - first), words, Optional.empty()));
    }
}
