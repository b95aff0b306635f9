package dev.lion.examples.puzzle;

import java.util.Set;
import java.util.function.Predicate;

/** Phrases that single out things: "silver things", "non-teal items", "cat toys", "the red mug". */
final class ThingFilter {
    private static final Set<String> ANYTHING = Set.of("item", "object", "thing");
    private static final String NON = "non-";

    private ThingFilter() {}

    /** What the phrase says of a thing; an article is ignored. */
    static Predicate<ColoredThing> parse(String phrase) {
        String words = phrase.replaceFirst("^(?:the|an?) ", "");
        int blank = words.indexOf(' ');
        String first = blank < 0 ? "" : words.substring(0, blank);
        String rest = words.substring(blank + 1);
        if (ColoredThing.COLORS.contains(first)) {
            return named(rest).and(thing -> thing.color().equals(first));
        }
        if (first.startsWith(NON)) {
            String unwanted = first.substring(NON.length());
            return named(rest).and(thing -> !thing.color().equals(unwanted));
        }
        return named(words);
    }

    private static Predicate<ColoredThing> named(String noun) {
        return Nouns.forms(noun).stream().anyMatch(ANYTHING::contains)
                ? thing -> true
                : thing -> Nouns.same(thing.noun(), noun);
    }
}
