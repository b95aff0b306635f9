package dev.lion.novelty;

/** What one query has found so far, and what a text must have to matter still. Used once. */
final class Search {
    /**
     * Bounds are taken this much lower than the score they must not miss, relatively. The score's five roundings change it
     * by less than 1e-15, so no text that has the score is ever left out, and what decides is the score itself.
     */
    private static final double MARGIN = 1e-12;

    private final int candidateLength;
    private final boolean anyWillDo;
    // scores below do not matter; equal ones do, since of equal ones the first added counts
    private double least;
    private double bound;
    private int found = -1;

    /**
     * @param least the smallest score that counts
     * @param anyWillDo whether the search ends with the first text that counts
     */
    Search(int candidateLength, double least, boolean anyWillDo) {
        this.candidateLength = candidateLength;
        this.anyWillDo = anyWillDo;
        raise(least);
    }

    private void raise(double score) {
        least = score;
        bound = score * (1 - MARGIN);
    }

    /** The shortest common subsequence with a text of this length that matters. */
    int wanted(int length) {
        return Math.max(1, (int) Math.ceil(bound * ((double) candidateLength + length) / 2));
    }

    /** The length of the shortest text that can matter. */
    int shortest() {
        return Math.max(1, (int) Math.ceil(bound * candidateLength / (2 - bound)));
    }

    /** The length of the longest text that can matter when it has no more than this in common. */
    int longest(int common) {
        return (int) (2.0 * common / bound - candidateLength);
    }

    /** Whether any text can matter that has no more than this in common. */
    boolean canMatter(int common) {
        return common >= shortest();
    }

    /** Takes notice of a text's common subsequence. */
    void see(int text, int common, int length) {
        double score = RougeL.score(common, candidateLength, length);
        if (score > least || (score == least && (found < 0 || text < found))) {
            raise(score);
            found = text;
        }
    }

    /** Whether nothing more can change the answer. */
    boolean isOver() {
        return anyWillDo && found >= 0;
    }

    /** The text with the largest score, the first added of equal ones; -1 when none counts. */
    int found() {
        return found;
    }

    double score() {
        return least;
    }
}
