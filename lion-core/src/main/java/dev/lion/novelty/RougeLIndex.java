package dev.lion.novelty;

import dev.lion.data.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rejects what has a {@link RougeL} score above a threshold, 0.7 in the paper, against anything added before. Compared is
 * {@link Instruction#fullText()}. Decisions and scores are exactly those of comparing with every text in turn, as {@link
 * RougeLSearch} does it.
 *
 * <p>The match of a near-duplicate is the text with the largest score, the first added of equal ones: it depends on the texts
 * and their order alone. For one thread.
 */
public final class RougeLIndex implements NoveltyIndex {
    private final double threshold;
    private final Tokenization tokenization;
    private final RougeLSearch search;
    private final List<String> ids = new ArrayList<>();

    /**
     * Compares the paper's tokens, which are those of English.
     *
     * @param threshold the highest score that still counts as new, from 0 to 1
     */
    public RougeLIndex(double threshold) {
        this(threshold, Tokenization.PAPER);
    }

    /**
     * Compares the tokens that this tokenization makes.
     *
     * @param threshold the highest score that still counts as new, from 0 to 1
     */
    public RougeLIndex(double threshold, Tokenization tokenization) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("the ROUGE-L threshold must be from 0 to 1, but is " + threshold);
        }
        this.threshold = threshold;
        this.tokenization = tokenization;
        search = new RougeLSearch(tokenization);
    }

    /** For instructions in any language: {@code builder.novelty(() -> RougeLIndex.unicode(0.7))}. */
    public static RougeLIndex unicode(double threshold) {
        return new RougeLIndex(threshold, Tokenization.UNICODE);
    }

    @Override
    public void add(Instruction instruction) {
        search.add(instruction.fullText());
        ids.add(instruction.id());
    }

    @Override
    public Optional<Match> nearDuplicateOf(Instruction candidate) {
        return search.nearestAbove(threshold, candidate.fullText()).map(this::match);
    }

    @Override
    public boolean accepts(Instruction candidate) {
        return !search.hasAbove(threshold, candidate.fullText());
    }

    /** The text with the largest score, however small; empty when no text shares a token with {@code text}. */
    public Optional<Match> nearest(String text) {
        return search.nearest(text).map(this::match);
    }

    private Match match(RougeLSearch.Hit hit) {
        return new Match(ids.get(hit.position()), hit.score());
    }

    /** How many texts were added. */
    public int size() {
        return search.size();
    }

    @Override
    public String description() {
        return "ROUGE-L at most " + threshold + (tokenization == Tokenization.UNICODE ? ", Unicode tokens" : "");
    }
}
