package dev.lion.examples.puzzle;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A distance between dates.
 *
 * @param amount how many units, negative for the past
 * @param unit days, months or years
 */
record DateShift(int amount, ChronoUnit unit) {
    private static final Pattern PHRASE = Pattern.compile(
            "(\\w+) (hour|day|week|month|year|decade)s? (ago|later|before|after|from today|from now)(?: (?:from )?today)?");

    /** Reads "tomorrow", "24 hours later", "a month ago", "one week from today". */
    static Optional<DateShift> parse(String phrase) {
        return switch (phrase) {
            case "today" -> Optional.of(new DateShift(0, ChronoUnit.DAYS));
            case "tomorrow" -> Optional.of(new DateShift(1, ChronoUnit.DAYS));
            case "yesterday" -> Optional.of(new DateShift(-1, ChronoUnit.DAYS));
            default -> counted(phrase);
        };
    }

    private static Optional<DateShift> counted(String phrase) {
        Matcher matcher = PHRASE.matcher(phrase);
        return matcher.matches()
                ? of(matcher.group(1), matcher.group(2))
                        .map(shift -> matcher.group(3).matches("ago|before") ? shift.back() : shift)
                : Optional.empty();
    }

    /** So many units, the number in digits or words; hours only in whole days. */
    static Optional<DateShift> of(String number, String unit) {
        OptionalInt amount = NumberWords.parse(number);
        return amount.isEmpty()
                ? Optional.empty()
                : switch (unit.replaceFirst("s$", "")) {
                    case "hour" ->
                        amount.getAsInt() % 24 == 0
                                ? Optional.of(new DateShift(amount.getAsInt() / 24, ChronoUnit.DAYS))
                                : Optional.empty();
                    case "day" -> Optional.of(new DateShift(amount.getAsInt(), ChronoUnit.DAYS));
                    case "week" -> Optional.of(new DateShift(amount.getAsInt(), ChronoUnit.WEEKS));
                    case "month" -> Optional.of(new DateShift(amount.getAsInt(), ChronoUnit.MONTHS));
                    case "year" -> Optional.of(new DateShift(amount.getAsInt(), ChronoUnit.YEARS));
                    case "decade" -> Optional.of(new DateShift(amount.getAsInt(), ChronoUnit.DECADES));
                    default -> Optional.empty();
                };
    }

    /** The same distance into the other direction. */
    DateShift back() {
        return new DateShift(-amount, unit);
    }

    LocalDate from(LocalDate date) {
        return date.plus(amount, unit);
    }
}
