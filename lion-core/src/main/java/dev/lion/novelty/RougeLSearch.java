package dev.lion.novelty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares a text with all texts added before by their {@link RougeL} score. Scores and positions are exactly, to the last
 * bit, those of comparing with every text in turn; the time is a small part of that, and a text takes about 200 bytes at 60
 * tokens.
 *
 * <p>Texts can be added at any time and count at once. The larger part is in inverted indexes ({@link Segment}) of
 * geometrically growing sizes, which a query brings up to date; the last few hundred texts are compared one by one. What is
 * left is compared by a bit-parallel longest common subsequence. For one thread.
 */
public final class RougeLSearch {
    /** The most texts that are not in a segment. */
    private static final int UNINDEXED = 256;
    /** A segment is merged with what follows unless it is so many times larger. */
    private static final int GROWTH = 3;

    private final Tokenization tokenization;
    private final Vocabulary vocabulary = new Vocabulary();
    private final Texts texts = new Texts();
    private final Candidate candidate = new Candidate(vocabulary, texts);
    private final Tally tally = new Tally();
    private final List<Segment> segments = new ArrayList<>();
    private int indexed;
    private int[] tokens = new int[256];
    private int length;

    /** Compares the paper's tokens. */
    public RougeLSearch() {
        this(Tokenization.PAPER);
    }

    /** Compares the tokens that this tokenization makes. */
    public RougeLSearch(Tokenization tokenization) {
        this.tokenization = tokenization;
    }

    /**
     * A text that was added and its score.
     *
     * @param position how many texts were added before it
     * @param score from 0 to 1
     */
    public record Hit(int position, double score) {}

    /** Adds a text that later ones are compared with. */
    public void add(String text) {
        length = 0;
        tokenization.scan(text, (normalised, from, to) -> append(vocabulary.intern(normalised, from, to)));
        texts.add(tokens, length);
    }

    private void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length * 2);
        }
        tokens[length++] = token;
    }

    /** How many texts were added. */
    public int size() {
        return texts.size();
    }

    /** The largest score and the first text that has it; empty when no text shares a token with this one. */
    public Optional<Hit> nearest(String text) {
        return search(text, Double.MIN_VALUE, false);
    }

    /** The largest score and the first text that has it, if it is above {@code threshold}. */
    public Optional<Hit> nearestAbove(double threshold, String text) {
        return search(text, Math.nextUp(threshold), false);
    }

    /** Whether any score is above {@code threshold}: faster than asking for the largest. */
    public boolean hasAbove(double threshold, String text) {
        return search(text, Math.nextUp(threshold), true).isPresent();
    }

    private Optional<Hit> search(String text, double least, boolean anyWillDo) {
        index();
        candidate.load(text, tokenization);
        if (least > 1 || candidate.length() == 0) {
            return Optional.empty();
        }
        Search search = new Search(candidate.length(), Math.max(least, Double.MIN_VALUE), anyWillDo);
        for (int i = texts.size() - 1; i >= indexed && !search.isOver(); i--) {
            candidate.compareWith(i, search);
        }
        List<Lookup> lookups = new ArrayList<>(segments.size());
        for (int i = segments.size() - 1; i >= 0 && !search.isOver(); i--) {
            lookups.add(segments.get(i).lookup(candidate, search));
            lookups.get(lookups.size() - 1).probe(tally);
        }
        lookups.sort(Comparator.comparingInt(Lookup::promise).reversed());
        for (int i = 0; i < lookups.size() && !search.isOver(); i++) {
            lookups.get(i).complete();
        }
        return search.found() < 0 ? Optional.empty() : Optional.of(new Hit(search.found(), search.score()));
    }

    private void index() {
        if (texts.size() - indexed <= UNINDEXED) {
            return;
        }
        int first = indexed;
        while (!segments.isEmpty() && isDue(segments.get(segments.size() - 1), first)) {
            first = segments.remove(segments.size() - 1).first();
        }
        while (first < texts.size()) {
            int end = Math.min(texts.size(), first + Segment.LARGEST);
            segments.add(SegmentBuilder.build(texts, vocabulary.size(), first, end));
            first = end;
        }
        indexed = texts.size();
    }

    private boolean isDue(Segment last, int first) {
        return last.size() < Segment.LARGEST && last.size() <= (long) GROWTH * (texts.size() - first);
    }
}
