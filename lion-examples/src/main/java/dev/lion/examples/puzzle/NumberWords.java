package dev.lion.examples.puzzle;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Numbers as English writes them. */
final class NumberWords {
    private static final List<String> CARDINALS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty");

    private static final List<String> ORDINALS = List.of(
            "zeroth",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth");

    private NumberWords() {}

    /** The value of digits, of a cardinal up to twenty, or of an article. */
    static OptionalInt parse(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("a") || lower.equals("an")) {
            return OptionalInt.of(1);
        }
        if (lower.matches("\\d{1,6}")) {
            return OptionalInt.of(Integer.parseInt(lower));
        }
        return indexOf(CARDINALS, lower);
    }

    /** The value of "first" to "twelfth", or of "3rd". */
    static OptionalInt parseOrdinal(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.matches("\\d{1,3}(st|nd|rd|th)")
                ? OptionalInt.of(Integer.parseInt(lower.substring(0, lower.length() - 2)))
                : indexOf(ORDINALS, lower);
    }

    /** "zero" to "twenty". */
    static String cardinal(int number) {
        return CARDINALS.get(number);
    }

    /** "first" to "twelfth". */
    static String ordinal(int number) {
        return ORDINALS.get(number);
    }

    private static OptionalInt indexOf(List<String> words, String word) {
        int index = words.indexOf(word);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }
}
