package dev.lion.examples.puzzle;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.regex.Pattern;

/** How much of an expected answer another one has, from 0 to 1. Only an exact answer, blanks aside, has 1. */
final class Credit {
    private static final Splitter WORDS = Splitter.on(Pattern.compile("\\s+")).omitEmptyStrings();
    private static final double MOST_PARTIAL = 0.9;

    private Credit() {}

    /** All or nothing. */
    static double exact(String expected, String actual) {
        return words(expected).equals(words(actual)) ? 1 : 0;
    }

    /** For integers: a half right beside the expected number, less with the distance, measured against its size. */
    static double closeness(String expected, String actual) {
        if (exact(expected, actual) == 1) {
            return 1;
        }
        if (!actual.strip().matches("-?\\d{1,9}")) {
            return 0;
        }
        double wanted = Double.parseDouble(expected);
        double distance = Math.abs(wanted - Double.parseDouble(actual.strip()));
        double scale = Math.max(4, Math.abs(wanted));
        return Math.max(0, 0.5 * (1 - distance / scale));
    }

    /** For sequences that must be in order: the longest common subsequence as a share of the longer one. */
    static double commonOrder(String expected, String actual) {
        if (exact(expected, actual) == 1) {
            return 1;
        }
        List<String> wanted = words(expected);
        List<String> given = words(actual);
        int longer = Math.max(wanted.size(), given.size());
        return longer == 0 ? 0 : MOST_PARTIAL * commonSubsequence(wanted, given) / longer;
    }

    /** For sequences where only a beginning counts: the correct prefix as a share of the longer sequence. */
    static double prefix(String expected, String actual) {
        if (exact(expected, actual) == 1) {
            return 1;
        }
        List<String> wanted = words(expected);
        List<String> given = words(actual);
        int common = 0;
        while (common < Math.min(wanted.size(), given.size())
                && wanted.get(common).equals(given.get(common))) {
            common++;
        }
        return MOST_PARTIAL * common / Math.max(1, Math.max(wanted.size(), given.size()));
    }

    private static List<String> words(String text) {
        return WORDS.splitToList(text);
    }

    private static int commonSubsequence(List<String> one, List<String> other) {
        int[][] length = new int[one.size() + 1][other.size() + 1];
        for (int i = 1; i <= one.size(); i++) {
            for (int j = 1; j <= other.size(); j++) {
                length[i][j] = one.get(i - 1).equals(other.get(j - 1))
                        ? length[i - 1][j - 1] + 1
                        : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[one.size()][other.size()];
    }
}
