package dev.lion.examples.puzzle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Today, Sarah went to the park. ... Susan saw Sarah reading at the library from 5am to 7am. ...}. */
final class TemporalSequences implements PuzzleFamily {
    private static final String TIME = "(\\d{1,2}(?::\\d\\d)?\\s?[ap]m)";
    private static final Pattern WOKE = Pattern.compile("woke up at " + TIME);
    private static final Pattern SEEN = Pattern.compile(" saw .* from " + TIME + " to " + TIME);
    private static final Pattern CLOSED = Pattern.compile("was closed after " + TIME);
    private static final Pattern CHOICE = Pattern.compile(TIME + " to " + TIME);
    private static final int EARLIEST = 5;
    private static final int LATEST = 22;

    private static final List<String> PEOPLE = List.of(
            "Andrew", "Betty", "David", "Emily", "James", "John", "Lisa", "Mark", "Mary", "Nancy", "Sarah", "Sean");
    private static final List<String> PLACES =
            List.of("bakery", "beach", "cafe", "gym", "library", "market", "museum", "park", "school", "zoo");
    private static final List<String> RARER_PLACES = List.of(
            "art studio",
            "basketball court",
            "clothing store",
            "construction site",
            "orchestra hall",
            "physics classroom",
            "swimming pool");
    private static final List<String> ACTIVITIES = List.of(
            "buying lunch at the deli",
            "reading at the library",
            "sitting on a rooftop",
            "walking in the garden",
            "working at the office");
    private static final List<String> RARER_ACTIVITIES = List.of(
            "buying a bike at the bike shop",
            "fixing their computer at the electronic store",
            "getting a coffee at the cafe",
            "playing tennis at the tennis court",
            "stretching at a yoga studio",
            "taking photos near the Eiffel Tower",
            "walking towards the Statue of Liberty",
            "working out at the gym");

    @Override
    public String name() {
        return "temporal_sequences";
    }

    @Override
    public Optional<String> solve(String text) {
        String stem = Options.stem(text);
        Matcher woke = WOKE.matcher(stem);
        Matcher closed = CLOSED.matcher(stem);
        if (!stem.contains("Between what times") || !woke.find() || !closed.find()) {
            return Optional.empty();
        }
        TimeSpan day = TimeSpan.of(woke.group(1), closed.group(1));
        List<TimeSpan> busy = sightings(stem);
        return Options.parse(text).only(choice -> {
            Matcher span = CHOICE.matcher(choice);
            return span.matches() && isFree(TimeSpan.of(span.group(1), span.group(2)), day, busy);
        });
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        return solve(text)
                .map(answer -> Shapes.TEMPORAL_SIGHTINGS.sizeOf(
                        sightings(Options.stem(text)).size()));
    }

    private static List<TimeSpan> sightings(String stem) {
        List<TimeSpan> sightings = new ArrayList<>();
        for (MatchResult seen : SEEN.matcher(stem).results().toList()) {
            sightings.add(TimeSpan.of(seen.group(1), seen.group(2)));
        }
        return sightings;
    }

    private static boolean isFree(TimeSpan span, TimeSpan day, List<TimeSpan> busy) {
        return day.contains(span) && busy.stream().noneMatch(span::overlaps);
    }

    /** The free slot is as often the first as the last, and its letter is drawn. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        boolean small = size == Size.SMALL;
        int sightings = Shapes.TEMPORAL_SIGHTINGS.draw(random, size);
        List<String> people = Draw.distinct(random, PEOPLE, sightings + 1);
        String who = people.get(0);
        String place = Draw.one(random, small ? PLACES : RARER_PLACES);
        List<String> activities = Draw.distinct(random, small ? ACTIVITIES : RARER_ACTIVITIES, sightings);
        List<TimeSpan> slots = slots(random, sightings + 1);
        int free = random.nextInt(slots.size());
        StringBuilder text = new StringBuilder("Today, " + who + " went to the " + place
                + ". Between what times could they have gone?\nWe know that:\n" + who + " woke up at "
                + TimeSpan.clock(slots.get(0).from()) + ".\n");
        for (int i = 0; i < sightings; i++) {
            TimeSpan slot = slots.get(i < free ? i : i + 1);
            text.append(people.get(i + 1) + " saw " + who + " " + activities.get(i) + " from " + slot + ".\n");
        }
        text.append("The " + place + " was closed after "
                + TimeSpan.clock(slots.get(sightings).to()) + ".\n");
        text.append("Between what times could " + who + " have gone to the " + place + "?\n");
        return text + choices(random, slots, free).format();
    }

    /** Consecutive spans over the day. */
    private static List<TimeSpan> slots(RandomGenerator random, int count) {
        List<Integer> hours = new ArrayList<>();
        for (int hour = EARLIEST; hour <= LATEST; hour++) {
            hours.add(hour);
        }
        List<Integer> borders =
                Draw.distinct(random, hours, count + 1).stream().sorted().toList();
        List<TimeSpan> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(new TimeSpan(borders.get(i) * 60, borders.get(i + 1) * 60));
        }
        return slots;
    }

    /** The free span and others of the day, four at most. */
    private static Options choices(RandomGenerator random, List<TimeSpan> slots, int free) {
        List<TimeSpan> busy = new ArrayList<>(slots);
        TimeSpan answer = busy.remove(free);
        List<TimeSpan> choices = new ArrayList<>(Draw.distinct(random, busy, Math.min(3, busy.size())));
        choices.add(answer);
        return new Options(
                Draw.shuffled(random, choices).stream().map(TimeSpan::toString).toList());
    }
}
