package dev.lion.novelty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * ROUGE-L between two texts as the paper computes it: text is lower-cased, every run of characters outside {@code
 * [a-z0-9]} separates tokens, tokens are compared whole and are not stemmed. With L the length of the longest common
 * subsequence, P = L / |candidate| and R = L / |other|, the score is 2PR / (P + R); it is 0 when either text has no token.
 *
 * <p>This is the plain definition, in O(|candidate| · |other|); {@link RougeLIndex} decides against many texts at once.
 */
public final class RougeL {
    private RougeL() {}

    /** The score, from 0 to 1; the same in both directions. */
    public static double score(String candidate, String other) {
        List<String> a = tokens(candidate);
        List<String> b = tokens(other);
        return score(longestCommonSubsequence(a, b), a.size(), b.size());
    }

    /** The tokens of a text, in order. */
    public static List<String> tokens(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> tokens = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= lower.length(); i++) {
            boolean inToken = i < lower.length() && isTokenCharacter(lower.charAt(i));
            if (inToken && start < 0) {
                start = i;
            } else if (!inToken && start >= 0) {
                tokens.add(lower.substring(start, i));
                start = -1;
            }
        }
        return tokens;
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** The score of texts with this many tokens and a common subsequence of this length. */
    static double score(int common, int candidateLength, int otherLength) {
        if (common == 0) {
            return 0;
        }
        double precision = (double) common / candidateLength;
        double recall = (double) common / otherLength;
        return 2 * precision * recall / (precision + recall);
    }

    private static int longestCommonSubsequence(List<String> a, List<String> b) {
        int[] above = new int[b.size() + 1];
        for (String token : a) {
            int[] row = new int[b.size() + 1];
            for (int j = 1; j <= b.size(); j++) {
                row[j] = token.equals(b.get(j - 1)) ? above[j - 1] + 1 : Math.max(above[j], row[j - 1]);
            }
            above = row;
        }
        return above[b.size()];
    }
}
