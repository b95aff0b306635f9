package dev.lion.examples.puzzle;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.regex.Pattern;

/** Enumerations: "a drum, two flutes, and a piano". */
final class Listing {
    private static final Splitter PARTS = Splitter.on(Pattern.compile(",\\s*and\\s+|,\\s*|\\s+and\\s+"))
            .trimResults()
            .omitEmptyStrings();

    private Listing() {}

    /** The parts, without commas and "and". */
    static List<String> split(String text) {
        return PARTS.splitToList(text);
    }

    /** With a comma before "and", even between two: "a, and b". */
    static String withComma(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + ", and " + parts.get(last);
    }

    /** As usual English has it: "a and b", but "a, b, and c". */
    static String of(List<String> parts) {
        return parts.size() == 2 ? parts.get(0) + " and " + parts.get(1) : withComma(parts);
    }
}
