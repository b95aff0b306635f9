package dev.lion.examples.puzzle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Equal things in a scene.
 *
 * @param count how many
 * @param color their colour
 * @param noun what they are, singular or plural as the text has it
 */
record ColoredThing(int count, String color, String noun) {
    /** The colours of the public task, in the order of its choices. */
    static final List<String> COLORS = List.of(
            "red",
            "orange",
            "yellow",
            "green",
            "blue",
            "brown",
            "magenta",
            "fuchsia",
            "mauve",
            "teal",
            "turquoise",
            "burgundy",
            "silver",
            "gold",
            "black",
            "grey",
            "purple",
            "pink");

    private static final Pattern THING = Pattern.compile("(\\w+) ([\\w-]+) (.+)");

    /** Reads "a teal mug, two grey pens, and ..."; empty when one part is not a counted, coloured thing. */
    static Optional<List<ColoredThing>> parseAll(String listing) {
        List<ColoredThing> things = new ArrayList<>();
        for (String part : Listing.split(listing)) {
            Matcher matcher = THING.matcher(part);
            OptionalInt count = matcher.matches() ? NumberWords.parse(matcher.group(1)) : OptionalInt.empty();
            if (count.isEmpty() || !COLORS.contains(matcher.group(2))) {
                return Optional.empty();
            }
            things.add(new ColoredThing(count.getAsInt(), matcher.group(2), matcher.group(3)));
        }
        return Optional.of(things);
    }

    /** "a teal mug". */
    String phrase() {
        return Nouns.withArticle(color + " " + noun);
    }
}
