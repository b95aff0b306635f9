package dev.lion.novelty;

import dev.lion.data.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rejects what has a {@link RougeL} score above a threshold against anything added before: 0.7 in the paper. Decisions
 * and scores are exactly those of comparing with every text in turn.
 *
 * <p>A text is compared only when the number of tokens it shares with the candidate, an upper bound on the common
 * subsequence, allows a score above the best so far; shared tokens are counted for all texts at once through an inverted
 * index. For one thread.
 */
public final class RougeLIndex implements NoveltyIndex {
    private final double threshold;
    private final Vocabulary vocabulary = new Vocabulary();
    private final List<String> ids = new ArrayList<>();
    private final List<int[]> texts = new ArrayList<>();
    private final Postings postings = new Postings();

    /** @param threshold the highest score that still counts as new, from 0 to 1 */
    public RougeLIndex(double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("the ROUGE-L threshold must be from 0 to 1, but is " + threshold);
        }
        this.threshold = threshold;
    }

    @Override
    public void add(Instruction instruction) {
        int[] tokens = vocabulary.intern(RougeL.tokens(instruction.fullText()));
        countsOf(tokens).forEach((token, count) -> postings.add(token, texts.size(), count));
        ids.add(instruction.id());
        texts.add(tokens);
    }

    @Override
    public Optional<Match> nearDuplicateOf(Instruction candidate) {
        return best(candidate.fullText(), threshold);
    }

    /** The text with the largest score, however small; empty when no text shares a token with {@code text}. */
    public Optional<Match> nearest(String text) {
        return best(text, 0);
    }

    /** How many texts were added. */
    public int size() {
        return texts.size();
    }

    @Override
    public String description() {
        return "ROUGE-L at most " + threshold;
    }

    // the best score above the floor; of equal ones the first added
    private Optional<Match> best(String text, double floor) {
        int[] candidate = vocabulary.lookUp(RougeL.tokens(text));
        int[] shared = postings.sharedTokens(countsOf(candidate), texts.size());
        BitParallelLcs lcs = new BitParallelLcs(candidate);
        double best = floor;
        int found = -1;
        for (int i = 0; i < shared.length; i++) {
            if (shared[i] > 0) {
                double score = scoreAbove(best, lcs, texts.get(i), shared[i]);
                if (score > best) {
                    best = score;
                    found = i;
                }
            }
        }
        return found < 0 ? Optional.empty() : Optional.of(new Match(ids.get(found), best));
    }

    private static double scoreAbove(double best, BitParallelLcs lcs, int[] text, int shared) {
        int m = lcs.patternLength();
        if (RougeL.score(shared, m, text.length) <= best) {
            return 0;
        }
        return RougeL.score(lcs.length(text, leastCommon(best, m, text.length)), m, text.length);
    }

    // the shortest common subsequence whose score is above `best`, by the very arithmetic of the score
    private static int leastCommon(double best, int m, int n) {
        int common = (int) (best * (m + n) / 2);
        while (common > 0 && RougeL.score(common, m, n) > best) {
            common--;
        }
        while (RougeL.score(common, m, n) <= best) {
            common++;
        }
        return common;
    }

    private static Map<Integer, Integer> countsOf(int[] tokens) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int token : tokens) {
            if (token != Vocabulary.UNKNOWN) {
                counts.merge(token, 1, Integer::sum);
            }
        }
        return counts;
    }
}
