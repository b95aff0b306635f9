package dev.lion.novelty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** For each token the texts that have it, and how often. */
final class Postings {
    private final List<Posting> byToken = new ArrayList<>();

    /** One token's texts with their counts, in pairs. */
    private static final class Posting {
        private int[] pairs = new int[4];
        private int length;

        private void add(int text, int count) {
            if (length == pairs.length) {
                pairs = Arrays.copyOf(pairs, length * 2);
            }
            pairs[length++] = text;
            pairs[length++] = count;
        }

        private void addShared(int count, int[] shared) {
            for (int i = 0; i < length; i += 2) {
                shared[pairs[i]] += Math.min(count, pairs[i + 1]);
            }
        }
    }

    void add(int token, int text, int count) {
        while (byToken.size() <= token) {
            byToken.add(new Posting());
        }
        byToken.get(token).add(text, count);
    }

    /** For each text, how many tokens it shares with a candidate that has these counts. */
    int[] sharedTokens(Map<Integer, Integer> counts, int texts) {
        int[] shared = new int[texts];
        counts.forEach((token, count) -> byToken.get(token).addShared(count, shared));
        return shared;
    }
}
