package dev.lion.examples.puzzle;

import java.util.List;

/**
 * What stands in order in a deduction puzzle, with its phrases.
 *
 * @param occasion the first sentence up to the number of objects
 * @param kind what the objects are
 * @param verb what stands between an object and its place
 * @param before the relation to a later object
 * @param after the relation to an earlier object
 * @param superlatives the names of the first and of the last place
 * @param objects what can be in order
 */
record OrderSetting(
        String occasion,
        String kind,
        String verb,
        String before,
        String after,
        List<String> superlatives,
        List<String> objects) {
    private static final String PREFACE =
            "The following paragraphs each describe a set of %s objects arranged in a fixed"
                    + " order. The statements are logically consistent within each paragraph. ";

    private static final OrderSetting GOLF = new OrderSetting(
            "In a golf tournament, there were",
            "golfers",
            "finished",
            "above",
            "below",
            List.of("first", "last"),
            List.of("Ada", "Amy", "Ana", "Dan", "Eli", "Eve", "Joe", "Mel", "Mya", "Rob"));

    private static final OrderSetting BIRDS = new OrderSetting(
            "On a branch, there are",
            "birds",
            "is",
            "to the left of",
            "to the right of",
            List.of("leftmost", "rightmost"),
            List.of("blue jay", "cardinal", "crow", "falcon", "hawk", "hummingbird", "owl", "quail", "raven", "robin"));

    private static final OrderSetting BOOKS = new OrderSetting(
            "On a shelf, there are",
            "books",
            "is",
            "to the left of",
            "to the right of",
            List.of("leftmost", "rightmost"),
            List.of("black", "blue", "brown", "green", "grey", "orange", "purple", "red", "white", "yellow").stream()
                    .map(color -> color + " book")
                    .toList());

    private static final OrderSetting VEHICLES = new OrderSetting(
            "In an antique car show, there are",
            "vehicles",
            "is",
            "newer than",
            "older than",
            List.of("newest", "oldest"),
            List.of(
                    "bus",
                    "convertible",
                    "hatchback",
                    "limousine",
                    "minivan",
                    "motorcycle",
                    "sedan",
                    "station wagon",
                    "tractor",
                    "truck"));

    private static final OrderSetting FRUIT = new OrderSetting(
            "A fruit stand sells",
            "fruits",
            "are",
            "more expensive than",
            "less expensive than",
            List.of("most expensive", "cheapest"),
            List.of(
                    "apples",
                    "cantaloupes",
                    "kiwis",
                    "loquats",
                    "mangoes",
                    "oranges",
                    "peaches",
                    "pears",
                    "plums",
                    "watermelons"));

    /** The setting with the shortest sentences. */
    static final OrderSetting SMALL = GOLF;

    /** The others of the public task. */
    static final List<OrderSetting> RARER = List.of(BIRDS, BOOKS, VEHICLES, FRUIT);

    OrderSetting {
        superlatives = List.copyOf(superlatives);
        objects = List.copyOf(objects);
    }

    /** Everything before the statements. */
    String start(List<String> listed) {
        String number = NumberWords.cardinal(listed.size());
        List<String> named =
                verb.equals("is") ? listed.stream().map(Nouns::withArticle).toList() : listed;
        return PREFACE.formatted(number) + occasion + " " + number + " " + kind + ": " + Listing.withComma(named)
                + ". ";
    }

    /** An object at the beginning of a sentence. */
    String subject(String object) {
        return isNamed() ? object : "The " + object;
    }

    /** A statement about two objects. */
    String relation(String one, String other, boolean oneIsFirst) {
        String object = isNamed() ? other : "the " + other;
        return subject(one) + " " + verb + " " + (oneIsFirst ? before : after) + " " + object;
    }

    /** What is said of the object at an index: counted from the nearer end, the middle from the beginning. */
    String position(int index, int size) {
        int fromEnd = size - 1 - index;
        boolean front = index <= fromEnd;
        String place = place(front ? index : fromEnd, front);
        return isNamed() ? verb + " " + place : verb + " the " + place;
    }

    private String place(int distance, boolean front) {
        String superlative = superlatives.get(front ? 0 : 1);
        String ordinal = NumberWords.ordinal(distance + 1);
        if (distance == 0) {
            return superlative;
        }
        if (isNamed()) {
            return front ? ordinal : ordinal + "-to-last";
        }
        return superlative.endsWith("tmost")
                ? ordinal + " from the " + (front ? "left" : "right")
                : ordinal + "-" + superlative;
    }

    private boolean isNamed() {
        return verb.equals("finished");
    }
}
