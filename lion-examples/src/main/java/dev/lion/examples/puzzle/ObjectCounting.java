package dev.lion.examples.puzzle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code I have a drum, and two flutes. How many musical instruments do I have?}. */
final class ObjectCounting implements PuzzleFamily {
    private static final Pattern TEXT =
            Pattern.compile("(?s)\\s*I have (.+?)\\.\\s*How many ([a-z ]+?) do I have\\?\\s*");
    private static final Pattern COUNTED = Pattern.compile("(\\w+) (.+)");

    /** Small puzzles ask for these alone; rarer ones mix in what is not asked for. */
    private static final Map<String, List<String>> THINGS = Map.of(
            "fruits", List.of("apple", "banana", "grape", "orange", "peach", "pear", "plum", "strawberry"),
            "vegetables", List.of("cabbage", "carrot", "garlic", "onion", "potato", "pumpkin", "radish", "yam"),
            "animals", List.of("bear", "cat", "cow", "dog", "duck", "frog", "goat", "mouse"),
            "musical instruments", List.of("clarinet", "drum", "flute", "harp", "piano", "trumpet", "tuba", "violin"));

    private static final Map<String, List<String>> RARER_THINGS = Map.of(
            "fruits", List.of("blackberry", "fig", "lychee", "mango", "nectarine", "papaya", "quince"),
            "vegetables", List.of("artichoke", "leek", "parsnip", "shallot", "stalk of celery", "turnip"),
            "animals", List.of("badger", "goose", "hedgehog", "octopus", "ostrich", "otter", "wolf"),
            "musical instruments", List.of("bassoon", "cello", "harmonica", "mandolin", "oboe", "zither"));
    private static final List<String> FILLERS = List.of("bed", "car", "couch", "fridge", "lamp", "stove", "table");

    private record Counted(int count, String thing) {}

    @Override
    public String name() {
        return "object_counting";
    }

    @Override
    public Optional<String> solve(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !Categories.isCategory(matcher.group(2))) {
            return Optional.empty();
        }
        return things(matcher.group(1))
                .map(things -> String.valueOf(things.stream()
                        .filter(counted -> Categories.belongs(counted.thing(), matcher.group(2)))
                        .mapToInt(Counted::count)
                        .sum()));
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        Matcher matcher = TEXT.matcher(text);
        return solve(text).isPresent() && matcher.matches()
                ? Optional.of(Shapes.COUNTING_KINDS.sizeOf(
                        Listing.split(matcher.group(1)).size()))
                : Optional.empty();
    }

    private static Optional<List<Counted>> things(String listing) {
        List<Counted> things = new ArrayList<>();
        for (String part : Listing.split(listing)) {
            Matcher matcher = COUNTED.matcher(part);
            OptionalInt count = matcher.matches() ? NumberWords.parse(matcher.group(1)) : OptionalInt.empty();
            if (count.isEmpty() || !Categories.isKnown(matcher.group(2))) {
                return Optional.empty();
            }
            things.add(new Counted(count.getAsInt(), matcher.group(2)));
        }
        return Optional.of(things);
    }

    /** The total is drawn first, so that no total is much more frequent than another. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        int kinds = Shapes.COUNTING_KINDS.draw(random, size);
        int fillers = size == Size.SMALL ? 0 : Draw.between(random, 0, 2);
        int asked = kinds - fillers;
        int total = Draw.between(random, asked, asked * Shapes.COUNTING_COPIES - (asked + 1) / 2);
        String category = Draw.one(random, THINGS.keySet().stream().sorted().toList());
        List<String> usual = THINGS.getOrDefault(category, List.of());
        List<String> rarer = RARER_THINGS.getOrDefault(category, List.of());
        List<Integer> counts = Draw.until(
                drawn -> drawn.stream().mapToInt(Integer::intValue).sum() == total, () -> counts(random, asked));
        List<String> parts = new ArrayList<>();
        List<String> things = size == Size.SMALL
                ? Draw.distinct(random, usual, asked)
                : Draw.withSomeRarer(random, usual, rarer, asked);
        for (int i = 0; i < asked; i++) {
            parts.add(Nouns.counted(counts.get(i), things.get(i)));
        }
        Draw.distinct(random, FILLERS, fillers).forEach(filler -> parts.add(Nouns.withArticle(filler)));
        return "I have " + Listing.withComma(Draw.shuffled(random, parts)) + ". How many " + category + " do I have?";
    }

    private static List<Integer> counts(RandomGenerator random, int kinds) {
        return random.ints(kinds, 1, Shapes.COUNTING_COPIES + 1).boxed().toList();
    }

    /** A number earns up to a half for being close. */
    @Override
    public double credit(String expected, String actual) {
        return Credit.closeness(expected, actual);
    }
}
