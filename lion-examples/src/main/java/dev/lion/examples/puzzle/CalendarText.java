package dev.lion.examples.puzzle;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the dates in a text, however they are written, and puts {@code [2021-09-01]} in their place. */
final class CalendarText {
    private static final String MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?";
    private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
    private static final String YEAR = "(\\d{4})";
    private static final String QUARTER = "(first|second|third|fourth) quarter of ";
    private static final Pattern ANY_YEAR = Pattern.compile("\\b(1[5-9]\\d\\d|20\\d\\d)\\b");

    /** A way to write a date. */
    private record Form(Pattern pattern, Function<MatchResult, LocalDate> date) {}

    private static final List<Form> FORMS = List.of(
            form("\\b(\\d{1,2})/(\\d{1,2})/" + YEAR, m -> LocalDate.of(number(m, 3), number(m, 1), number(m, 2))),
            form("\\b" + MONTH + " " + DAY + ",? " + YEAR, m -> LocalDate.of(number(m, 3), month(m, 1), number(m, 2))),
            form("the last day of the " + QUARTER + YEAR, m -> lastOfMonth(number(m, 2), Month.of(3 * ordinal(m, 1)))),
            form("the first day of the " + QUARTER + YEAR, m -> LocalDate.of(number(m, 2), 3 * ordinal(m, 1) - 2, 1)),
            form("the last day of " + MONTH + ",? (?:in |of )?" + YEAR, m -> lastOfMonth(number(m, 2), month(m, 1))),
            form("the last day of (?:the year )?" + YEAR, m -> LocalDate.of(number(m, 1), 12, 31)),
            form(
                    "the (\\w+) day of the (\\w+) month of " + YEAR,
                    m -> LocalDate.of(number(m, 3), ordinal(m, 2), ordinal(m, 1))),
            form("the (\\w+) day of (?:the year )?" + YEAR, m -> LocalDate.ofYearDay(number(m, 2), ordinal(m, 1))),
            form(
                    "the (\\w+) (Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday) of " + YEAR,
                    m -> weekday(number(m, 3), Month.JANUARY, ordinal(m, 1), m.group(2))),
            form(
                    "(?:the )?(?:US )?Thanksgiving (?:Day )?of " + YEAR,
                    m -> weekday(number(m, 1), Month.NOVEMBER, 4, "Thursday")),
            form("Christmas Eve of " + YEAR, m -> LocalDate.of(number(m, 1), 12, 24)),
            form("Christmas (?:Day )?of " + YEAR, m -> LocalDate.of(number(m, 1), 12, 25)),
            form("New Year's Eve of " + YEAR, m -> LocalDate.of(number(m, 1), 12, 31)));

    private static final List<Pattern> WITHOUT_YEAR = List.of(
            Pattern.compile("\\b(\\d{1,2})/(\\d{1,2})\\b(?!/)"), Pattern.compile("\\b" + MONTH + " " + DAY + "\\b"));

    private CalendarText() {}

    /** The text with every possible date replaced; one without a year is taken to be of the only year in the text. */
    static String normalize(String text) {
        String normalized = text;
        for (Form form : FORMS) {
            normalized = replace(normalized, form);
        }
        List<Integer> years = years(normalized);
        if (years.size() == 1) {
            for (Pattern pattern : WITHOUT_YEAR) {
                normalized =
                        replace(normalized, new Form(pattern, m -> monthDay(m).atYear(years.get(0))));
            }
        }
        return normalized;
    }

    /** A month by the first three letters of its name. */
    static Month month(String name) {
        return Stream.of(Month.values())
                .filter(month -> month.name().startsWith(name.substring(0, 3).toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new DateTimeException("no month is called " + name));
    }

    private static Form form(String pattern, Function<MatchResult, LocalDate> date) {
        return new Form(Pattern.compile(pattern), date);
    }

    private static String replace(String text, Form form) {
        return form.pattern()
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        date(form, match).map(date -> "[" + date + "]").orElse(match.group())));
    }

    /** Empty for a day that does not exist, such as 12/32/1929. */
    private static Optional<LocalDate> date(Form form, MatchResult match) {
        try {
            return Optional.of(form.date().apply(match));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<Integer> years(String text) {
        return ANY_YEAR.matcher(text)
                .results()
                .map(match -> number(match, 1))
                .distinct()
                .toList();
    }

    private static MonthDay monthDay(MatchResult match) {
        Month month = Character.isDigit(match.group(1).charAt(0)) ? Month.of(number(match, 1)) : month(match, 1);
        return MonthDay.of(month, number(match, 2));
    }

    private static LocalDate lastOfMonth(int year, Month month) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.lastDayOfMonth());
    }

    private static LocalDate weekday(int year, Month month, int ordinal, String day) {
        DayOfWeek weekday = DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT));
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(ordinal, weekday));
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private static Month month(MatchResult match, int group) {
        return month(match.group(group));
    }

    private static int ordinal(MatchResult match, int group) {
        return NumberWords.parseOrdinal(match.group(group))
                .orElseThrow(() -> new DateTimeException("no ordinal: " + match.group(group)));
    }
}
