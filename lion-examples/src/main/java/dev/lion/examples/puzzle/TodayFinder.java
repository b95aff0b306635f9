package dev.lion.examples.puzzle;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Works out which day a text calls today. Rules are tried in order, from the special to the plain. */
final class TodayFinder {
    private static final String DATE = "\\[(\\d{4}-\\d\\d-\\d\\d)\\]";
    private static final String AMOUNT = "(\\w+)[ -](day|week|month|year|decade)s?";
    private static final Map<String, String> ANNIVERSARIES =
            Map.of("silver", "25", "ruby", "40", "golden", "50", "diamond", "60");

    /** A way to speak of today: the date said, and how far today is from it. */
    private record Rule(Pattern pattern, Function<MatchResult, Optional<LocalDate>> today) {}

    private static final List<Rule> RULES = List.of(
            rule("(\\w+) thinks today is " + DATE + ".* \\1 is correct", m -> Optional.of(date(m, 2))),
            rule("today is (?:in fact|actually|really) " + DATE, m -> Optional.of(date(m, 1))),
            rule(DATE + " (?:is|seems) like yesterday.* actually " + AMOUNT + " ago", m -> later(m, 1, 2)),
            rule("(?:It was|was) " + DATE + " " + AMOUNT + " ago", m -> later(m, 1, 2)),
            rule(AMOUNT + " ago(?: it)? was " + DATE, m -> later(m, 3, 1)),
            rule(DATE + ", which is " + AMOUNT + " (?:away )?from (?:now|today)", m -> earlier(m, 1, 2)),
            rule(DATE + ".* " + AMOUNT + " have passed", m -> later(m, 1, 2)),
            rule(DATE + ".* delayed by " + AMOUNT + " to today", m -> later(m, 1, 2)),
            rule(
                    "(?i)day before yesterday was " + DATE,
                    m -> Optional.of(date(m, 1).plusDays(2))),
            rule(
                    "(?i)day after tomorrow is " + DATE,
                    m -> Optional.of(date(m, 1).minusDays(2))),
            rule("(?i)yesterday(?: was|,) " + DATE, m -> Optional.of(date(m, 1).plusDays(1))),
            rule(
                    "(?i)tomorrow(?: is|,| \\()\\W*(?:\\w{3,9}, )?" + DATE,
                    m -> Optional.of(date(m, 1).minusDays(1))),
            rule(DATE + " .*bought (\\w+) .*one per day.*ran out", m -> shifted(m, 1, m.group(2), "day")),
            rule(DATE + ".* " + AMOUNT + " (?:wedding |work )?(?:anniversary|old birthday)", m -> later(m, 1, 2)),
            rule(DATE + ".* (\\w+)-year-old birthday", m -> shifted(m, 1, m.group(2), "year")),
            rule(
                    DATE + ".* (silver|ruby|golden|diamond) wedding anniversary",
                    m -> shifted(m, 1, ANNIVERSARIES.getOrDefault(m.group(2), ""), "year")),
            rule("(?i)(?:today|it|this|celebrating)(?:,| is| is the|'s)? " + DATE, m -> Optional.of(date(m, 1))),
            rule("(?i)(?:now|current|current local time)\\b.* " + DATE, m -> Optional.of(date(m, 1))));

    private static final Pattern MONTHLY = Pattern.compile(
            "(?s)on the (\\w+) of each month starting from (?:the )?(\\w+)" + " of (\\d{4}).* (\\w+) (?:visit|time)");

    private TodayFinder() {}

    /** Today, when exactly understood. */
    static Optional<LocalDate> find(String text) {
        String dated = CalendarText.normalize(text);
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern().matcher(dated);
            if (matcher.find()) {
                return rule.today().apply(matcher);
            }
        }
        Matcher monthly = MONTHLY.matcher(dated);
        return monthly.find() ? visit(monthly) : Optional.empty();
    }

    private static Optional<LocalDate> visit(MatchResult match) {
        int day = NumberWords.parseOrdinal(match.group(1)).orElse(1);
        int visit = NumberWords.parseOrdinal(match.group(4)).orElse(1);
        LocalDate first = LocalDate.of(Integer.parseInt(match.group(3)), CalendarText.month(match.group(2)), 1);
        return Optional.of(first.plusMonths(visit - 1L).plusDays(day - 1L));
    }

    private static Rule rule(String pattern, Function<MatchResult, Optional<LocalDate>> today) {
        return new Rule(Pattern.compile(pattern, Pattern.DOTALL), today);
    }

    private static LocalDate date(MatchResult match, int group) {
        return LocalDate.parse(match.group(group));
    }

    private static Optional<LocalDate> later(MatchResult match, int dateGroup, int amountGroup) {
        return shifted(match, dateGroup, match.group(amountGroup), match.group(amountGroup + 1));
    }

    private static Optional<LocalDate> earlier(MatchResult match, int dateGroup, int amountGroup) {
        return DateShift.of(match.group(amountGroup), match.group(amountGroup + 1))
                .map(shift -> shift.back().from(date(match, dateGroup)));
    }

    private static Optional<LocalDate> shifted(MatchResult match, int dateGroup, String number, String unit) {
        return DateShift.of(number, unit).map(shift -> shift.from(date(match, dateGroup)));
    }
}
