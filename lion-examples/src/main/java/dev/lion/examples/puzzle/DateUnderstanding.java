package dev.lion.examples.puzzle;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Yesterday was 4/18/1969. What is the date a month ago in MM/DD/YYYY?}. */
final class DateUnderstanding implements PuzzleFamily {
    private static final Pattern TEXT = Pattern.compile("(?s)(.+?)\\s*What is the date (.+) in MM/DD/YYYY\\?");
    private static final DateTimeFormatter CHOICE = DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("M/d/uuuu", Locale.ROOT);
    private static final DateTimeFormatter NAMED = DateTimeFormatter.ofPattern("MMM d, uuuu", Locale.ROOT);
    private static final List<String> ASKED = List.of(
            "today",
            "tomorrow",
            "yesterday",
            "24 hours later",
            "10 days ago",
            "one week ago from today",
            "one week from today",
            "a month ago",
            "one year ago from today");

    @Override
    public String name() {
        return "date_understanding";
    }

    @Override
    public Optional<String> solve(String text) {
        Matcher matcher = TEXT.matcher(Options.stem(text));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> asked = DateShift.parse(matcher.group(2))
                .flatMap(shift -> TodayFinder.find(matcher.group(1)).map(shift::from))
                .map(CHOICE::format);
        return asked.flatMap(date -> Options.parse(text).only(date::equals));
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return solve(text)
                .map(answer ->
                        Shapes.DATE_CHOICES.sizeOf(Options.parse(text).choices().size()));
    }

    /** Small texts say today, yesterday or tomorrow outright; rarer ones tell a story. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        LocalDate today = LocalDate.of(Draw.between(random, 1930, 2025), 1, 1).plusDays(random.nextInt(365));
        String asked = Draw.one(random, ASKED);
        LocalDate answer = DateShift.parse(asked).orElseThrow().from(today);
        List<LocalDate> choices = new ArrayList<>(List.of(answer));
        int count = Shapes.DATE_CHOICES.draw(random, size);
        while (choices.size() < count) {
            LocalDate other = wrong(random, choices.get(random.nextInt(choices.size())));
            if (!choices.contains(other)) {
                choices.add(other);
            }
        }
        return (size == Size.SMALL ? plain(random, today) : story(random, today)) + " What is the date " + asked
                + " in MM/DD/YYYY?\n"
                + new Options(Draw.shuffled(random, choices).stream()
                                .map(CHOICE::format)
                                .toList())
                        .format();
    }

    /** Near another choice, so that the answer cannot be told by standing apart. */
    private static LocalDate wrong(RandomGenerator random, LocalDate near) {
        int amount = random.nextBoolean() ? Draw.between(random, 1, 9) : -Draw.between(random, 1, 9);
        return near.plus(amount, Draw.one(random, List.of(ChronoUnit.DAYS, ChronoUnit.MONTHS, ChronoUnit.YEARS)));
    }

    private static String plain(RandomGenerator random, LocalDate today) {
        return Draw.one(
                random,
                List.of(
                        "Today is " + SHORT.format(today) + ".",
                        "It is " + SHORT.format(today) + " today.",
                        "Yesterday was " + SHORT.format(today.minusDays(1)) + ".",
                        "Tomorrow is " + SHORT.format(today.plusDays(1)) + "."));
    }

    private static String story(RandomGenerator random, LocalDate today) {
        int days = Draw.between(random, 2, 9);
        return Draw.one(
                random,
                List.of(
                        "It was " + NAMED.format(today.minusWeeks(1)) + " a week ago.",
                        "Jane booked a flight for tomorrow, " + NAMED.format(today.plusDays(1)) + ".",
                        "The deadline is " + NAMED.format(today.plusDays(days)) + ", which is " + days
                                + " days away from now.",
                        "Jane thinks today is " + SHORT.format(today) + ", but John thinks today is "
                                + SHORT.format(today.plusDays(1)) + ". Jane is correct.",
                        "On " + NAMED.format(today.minusDays(days)) + " Jane bought " + days
                                + " eggs. She ate one per day. Today she ran out of eggs."));
    }
}
