package dev.lion.examples.puzzle;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements about objects in a fixed order. An order is a list that begins with the leftmost, first, newest or most
 * expensive object.
 */
final class OrderClue {
    private static final Pattern RELATION = Pattern.compile("(?:The )?(.+?) (?:is|are|finished) (to the left of"
            + "|to the right of|above|below|newer than|older than|more expensive than|less expensive than|cheaper than)"
            + " (?:the )?(.+)");
    private static final Pattern POSITION = Pattern.compile("(?:The )?(.+?) (?:finished|(?:is|are) the) (.+)");
    private static final Pattern BEFORE = Pattern.compile("to the left of|above|newer than|more expensive than");
    private static final Pattern RANK = Pattern.compile(
            "(?:(\\w+)[- ])?(leftmost|rightmost|from the left|from the right|newest|oldest|most expensive"
                    + "|least expensive|cheapest|to-last|last)");
    private static final Pattern AT_END =
            Pattern.compile("rightmost|from the right|oldest|least expensive|cheapest|.*last");

    private OrderClue() {}

    /** What a sentence without its full stop says of an order of these objects; empty when it is not understood. */
    static Optional<Predicate<List<String>>> parse(String sentence, List<String> objects) {
        Matcher relation = RELATION.matcher(sentence);
        if (relation.matches()) {
            Optional<String> subject = find(relation.group(1), objects);
            Optional<String> other = find(relation.group(3), objects);
            boolean before = BEFORE.matcher(relation.group(2)).matches();
            return subject.flatMap(one -> other.map(two -> before ? isBefore(one, two) : isBefore(two, one)));
        }
        Matcher position = POSITION.matcher(sentence);
        if (!position.matches()) {
            return Optional.empty();
        }
        OptionalInt index = index(position.group(2), objects.size());
        return index.isEmpty()
                ? Optional.empty()
                : find(position.group(1), objects).map(object -> order -> order.indexOf(object) == index.getAsInt());
    }

    private static Predicate<List<String>> isBefore(String one, String other) {
        return order -> order.indexOf(one) < order.indexOf(other);
    }

    /** Where "second", "third from the right", "second-newest" or "last" is among so many, from 0. */
    private static OptionalInt index(String phrase, int size) {
        OptionalInt plain = NumberWords.parseOrdinal(phrase);
        if (plain.isPresent()) {
            return OptionalInt.of(plain.getAsInt() - 1);
        }
        Matcher rank = RANK.matcher(phrase);
        if (!rank.matches()) {
            return OptionalInt.empty();
        }
        OptionalInt number = Optional.ofNullable(rank.group(1))
                .map(NumberWords::parseOrdinal)
                .orElse(OptionalInt.of(1));
        if (number.isEmpty()) {
            return number;
        }
        boolean fromEnd = AT_END.matcher(rank.group(2)).matches();
        return OptionalInt.of(fromEnd ? size - number.getAsInt() : number.getAsInt() - 1);
    }

    /** The object a phrase means, as it is written or one letter off. */
    private static Optional<String> find(String phrase, List<String> objects) {
        return objects.contains(phrase)
                ? Optional.of(phrase)
                : objects.stream()
                        .filter(object -> object.length() > 4 && Spelling.oneLetterApart(object, phrase))
                        .findFirst();
    }
}
