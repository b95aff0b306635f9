package dev.lion.novelty;

import java.util.List;

/**
 * ROUGE-L between two texts as the paper computes it: tokens are those of {@link Tokenization#PAPER}, compared whole and
 * not stemmed. With L the length of the longest common subsequence, P = L / |candidate| and R = L / |other|, the score is
 * 2PR / (P + R); it is 0 when either text has no token.
 *
 * <p>This is the plain definition, in O(|candidate| · |other|); {@link RougeLSearch} compares with many texts at once.
 * Stateless; any thread.
 */
public final class RougeL {
    private RougeL() {}

    /** The score, from 0 to 1; the same in both directions. */
    public static double score(String candidate, String other) {
        return score(candidate, other, Tokenization.PAPER);
    }

    /** The score of the texts' tokens, from 0 to 1; the same in both directions. */
    public static double score(String candidate, String other, Tokenization tokenization) {
        return score(tokenization.tokens(candidate), tokenization.tokens(other));
    }

    /** The score of two sequences of tokens, from 0 to 1; the same in both directions. */
    public static double score(List<String> candidate, List<String> other) {
        return score(longestCommonSubsequence(candidate, other), candidate.size(), other.size());
    }

    /** The paper's tokens of a text, in order. */
    public static List<String> tokens(String text) {
        return Tokenization.PAPER.tokens(text);
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
