package dev.lion.student;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * What is remembered of a distribution over the whole vocabulary: the logarithms of the probabilities of the 64 likeliest tokens,
 * in nats, the likeliest first, and of the token that came.
 */
final class LikeliestTokens {
    private static final int KEPT = 64;
    private static final double LEAST = 1e-12;

    private final int[] tokens;
    private final double[] logProbabilities;
    private final double ofLabel;

    private LikeliestTokens(int[] tokens, double[] logProbabilities, double ofLabel) {
        this.tokens = tokens;
        this.logProbabilities = logProbabilities;
        this.ofLabel = ofLabel;
    }

    /** Of logits and the token that came. */
    static LikeliestTokens of(float[] logits, int label) {
        double sum = logSumExp(logits);
        int[] tokens = likeliest(logits);
        double[] chances =
                Arrays.stream(tokens).mapToDouble(token -> logits[token] - sum).toArray();
        return new LikeliestTokens(tokens, chances, logits[label] - sum);
    }

    private static int[] likeliest(float[] logits) {
        var kept = new PriorityQueue<Integer>((a, b) -> {
            int byLogit = Float.compare(logits[a], logits[b]);
            return byLogit != 0 ? byLogit : Integer.compare(b, a);
        });
        for (int token = 0; token < logits.length; token++) {
            if (kept.size() < KEPT) {
                kept.add(token);
            } else if (logits[token] > logits[kept.element()]) {
                kept.remove();
                kept.add(token);
            }
        }
        int[] tokens = new int[kept.size()];
        for (int i = tokens.length - 1; i >= 0; i--) {
            tokens[i] = kept.remove();
        }
        return tokens;
    }

    static double logSumExp(float[] logits) {
        double most = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - most);
        }
        return most + Math.log(sum);
    }

    /** The logarithm of the probability of the token that came, in nats. */
    double ofLabel() {
        return ofLabel;
    }

    /** The likeliest token. */
    int first() {
        return tokens[0];
    }

    /**
     * The Kullback-Leibler divergence to the distribution of other logits, in nats, with all tokens that are not remembered
     * taken as one: at most the whole one.
     */
    double divergenceTo(float[] logits) {
        double sum = logSumExp(logits);
        double divergence = 0;
        double mass = 0;
        double other = 0;
        for (int i = 0; i < tokens.length; i++) {
            double chance = Math.exp(logProbabilities[i]);
            double ofOther = logits[tokens[i]] - sum;
            divergence += chance * (logProbabilities[i] - ofOther);
            mass += chance;
            other += Math.exp(ofOther);
        }
        double rest = 1 - mass;
        return Math.max(0, rest < LEAST ? divergence : divergence + rest * Math.log(rest / Math.max(LEAST, 1 - other)));
    }
}
