package dev.lion.examples.puzzle;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code On the desk, there is a red mug, and ... Is the mug blue?}. */
final class ColoredObjects implements PuzzleFamily {
    private static final Pattern TEXT = Pattern.compile(
            "(?s)\\s*On the \\w+, (?:there (?:is|are)|I see|you see) (?:[^.:]* in a row: )?([^.:]+)\\.\\s+(.+)");
    private static final List<String> SMALL_QUESTIONS = List.of("Is the", "are neither");
    private static final Options YES_NO = new Options(List.of("yes", "no"));
    private static final Options UP_TO_SIX = upTo(6);
    private static final Options UP_TO_SIXTEEN = upTo(16);
    private static final Options ALL_COLORS = new Options(ColoredThing.COLORS);

    private static final List<String> PLACES = List.of("desk", "floor", "nightstand", "table");
    private static final List<String> COLORS = List.of("red", "orange", "yellow", "green", "blue", "purple");
    private static final List<String> NOUNS =
            List.of("bracelet", "cup", "keychain", "mug", "notebook", "pen", "pencil", "plate", "puzzle", "textbook");
    private static final List<String> RARER_NOUNS = List.of(
            "booklet",
            "cat toy",
            "crayon",
            "dog leash",
            "envelope",
            "fidget spinner",
            "jug",
            "necklace",
            "paperclip",
            "scrunchiephone charger",
            "stress ball",
            "teddy bear");

    @Override
    public String name() {
        return "reasoning_about_colored_objects";
    }

    @Override
    public Optional<String> solve(String text) {
        Matcher matcher = TEXT.matcher(Options.stem(text));
        return matcher.matches()
                ? ColoredThing.parseAll(matcher.group(1))
                        .flatMap(things -> new ColoredScene(things).answer(matcher.group(2)))
                        .flatMap(answer -> Options.parse(text).only(answer::equalsIgnoreCase))
                : Optional.empty();
    }

    @Override
    public Optional<Size> sizeOf(String text) {
        Matcher matcher = TEXT.matcher(Options.stem(text));
        if (solve(text).isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        Size size =
                Shapes.COLORED_OBJECTS.sizeOf(Listing.split(matcher.group(1)).size());
        return Optional.of(SMALL_QUESTIONS.stream().anyMatch(matcher.group(2)::contains) ? size : Size.RARER);
    }

    /** Small texts ask whether or how many, every answer as often; rarer ones have rows, removals and all colours. */
    @Override
    public String compose(RandomGenerator random, Size size) {
        int count = Shapes.COLORED_OBJECTS.draw(random, size);
        if (size == Size.SMALL) {
            return random.nextBoolean() ? whether(random, count) : neither(random, count);
        }
        return random.nextInt(3) == 0 ? removal(random, count) : row(random, count);
    }

    private static String whether(RandomGenerator random, int count) {
        List<ColoredThing> things = things(random, NOUNS, COLORS, count);
        ColoredThing asked = Draw.one(random, things);
        List<String> others =
                COLORS.stream().filter(color -> !color.equals(asked.color())).toList();
        String color = random.nextBoolean() ? asked.color() : Draw.one(random, others);
        return scene(random, things) + "Is the " + asked.noun() + " " + color + "?\n" + YES_NO.format();
    }

    private String neither(RandomGenerator random, int count) {
        String wanted = NumberWords.cardinal(random.nextInt(count + 1));
        List<String> asked = Draw.distinct(random, COLORS, 2);
        String question = "How many objects are neither " + asked.get(0) + " nor " + asked.get(1) + "?";
        List<ColoredThing> things = Draw.until(
                drawn -> new ColoredScene(drawn).answer(question).equals(Optional.of(wanted)),
                () -> things(random, NOUNS, COLORS, count));
        return scene(random, things) + question + "\n" + UP_TO_SIX.format();
    }

    private String row(RandomGenerator random, int count) {
        return Draw.until(text -> solve(text).isPresent(), () -> {
            List<ColoredThing> things = things(random, RARER_NOUNS, Draw.shuffled(random, ColoredThing.COLORS), count);
            String reference = Draw.one(random, things).noun();
            String side = random.nextBoolean() ? "left" : "right";
            boolean counting = random.nextBoolean();
            String question = counting
                    ? "How many non-" + Draw.one(random, things).color() + " things do you see to the " + side + " of"
                    : "What is the color of the thing "
                            + (random.nextBoolean() ? "directly to the " + side + " of" : "furthest from");
            return "On the " + Draw.one(random, PLACES) + ", you see a set of things arranged in a row: "
                    + Listing.of(phrases(things)) + ". " + question + " the " + reference + "?\n"
                    + (counting ? UP_TO_SIX : ALL_COLORS).format();
        });
    }

    private static String removal(RandomGenerator random, int kinds) {
        List<String> nouns = Draw.distinct(random, RARER_NOUNS, 3);
        List<String> colors = Draw.distinct(random, ColoredThing.COLORS, 2);
        List<String> parts = IntStream.range(0, nouns.size() * colors.size())
                .mapToObj(i -> colored(random, colors.get(i % 2), nouns.get(i / 2)))
                .toList();
        String place = Draw.one(random, PLACES);
        return "On the " + place + ", I see " + Listing.of(Draw.distinct(random, parts, kinds))
                + ". If I remove all the "
                + Nouns.plural(Draw.one(random, nouns)) + " from the " + place + ", how many "
                + Draw.one(random, colors) + " things remain on it?\n" + UP_TO_SIXTEEN.format();
    }

    private static String colored(RandomGenerator random, String color, String noun) {
        int count = Draw.between(random, 1, 3);
        return NumberWords.cardinal(count) + " " + color + " " + (count == 1 ? noun : Nouns.plural(noun));
    }

    /** Different nouns; colours may repeat. */
    private static List<ColoredThing> things(
            RandomGenerator random, List<String> nouns, List<String> colors, int count) {
        return Draw.distinct(random, nouns, count).stream()
                .map(noun -> new ColoredThing(1, Draw.one(random, colors), noun))
                .toList();
    }

    private static String scene(RandomGenerator random, List<ColoredThing> things) {
        return "On the " + Draw.one(random, PLACES) + ", there is " + Listing.of(phrases(things)) + ". ";
    }

    private static List<String> phrases(List<ColoredThing> things) {
        return things.stream().map(ColoredThing::phrase).toList();
    }

    private static Options upTo(int number) {
        return new Options(
                IntStream.rangeClosed(0, number).mapToObj(NumberWords::cardinal).toList());
    }
}
