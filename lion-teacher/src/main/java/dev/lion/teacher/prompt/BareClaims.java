package dev.lion.teacher.prompt;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells scores from repeated answers where a label does not say which follows: {@code Answer 1: 7} is a score or what the first
 * answer says.
 */
final class BareClaims {
    private static final Pattern NUMBER = Pattern.compile(
            "\\d{1,9}+(?:[.,]\\d{1,6}+)?+|(?<!\\p{L})" + NumberWords.PATTERN + "(?!\\p{L})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private BareClaims() {}

    /**
     * The claims without numbers after bare labels that are no scores: those without a scale on a line when other labels say that a
     * score follows, and those that stand in the answer which they are said of.
     */
    static List<Claim> drop(List<Claim> claims, Optional<Exhibit> exhibit) {
        boolean isSaidOtherwise = claims.stream().anyMatch(claim -> claim.bare().isEmpty());
        return claims.stream()
                .filter(claim -> claim.bare()
                        .filter(value ->
                                (isSaidOtherwise && value.yields()) || isAnswer(value, claim.answer(), exhibit))
                        .isEmpty())
                .toList();
    }

    private static boolean isAnswer(BareValue value, int answer, Optional<Exhibit> exhibit) {
        return exhibit.map(shown -> shown.partsOfAnswer(answer))
                .filter(parts -> value.isScaled()
                        ? new PlainText(parts).contains(value.words())
                        : numbers(parts).contains(value.number()))
                .isPresent();
    }

    private static Set<Double> numbers(List<String> texts) {
        Set<Double> numbers = new HashSet<>();
        for (String text : texts) {
            Matcher number = NUMBER.matcher(PlainLine.of(text));
            while (number.find()) {
                boolean isFigures = Character.isDigit(number.group().charAt(0));
                numbers.add(
                        isFigures
                                ? Double.parseDouble(number.group().replace(',', '.'))
                                : NumberWords.value(number.group()));
            }
        }
        return numbers;
    }
}
