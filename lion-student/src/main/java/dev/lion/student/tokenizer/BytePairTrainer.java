package dev.lion.student.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns byte-pair merges: again and again the pair of neighbouring tokens that is most frequent becomes a token.
 *
 * <p>Among pairs equally frequent the one of the lower token ids is first, so the outcome depends on how often pieces
 * occur and on nothing else. Pair counts are kept up to date word by word; a merge costs as much as the distinct words
 * that contain it.
 */
final class BytePairTrainer {
    private static final int MIN_FREQUENCY = 2;
    private static final int LONGEST_WORD =
            512; // bytes; what is longer is learned from in parts, so that time is bounded

    private final BytePairVocabulary vocabulary;
    private final Map<Long, Pair> pairs = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

    private BytePairTrainer(BytePairVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Adds merges until the vocabulary has {@code size} tokens or no pair occurs twice. */
    static void train(BytePairVocabulary vocabulary, Map<String, Long> pieces, int size) {
        var trainer = new BytePairTrainer(vocabulary);
        pieces.forEach(trainer::addWords);
        trainer.pairs.values().forEach(trainer::enqueue);
        trainer.merge(size);
    }

    private void addWords(String piece, long count) {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += LONGEST_WORD) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + LONGEST_WORD));
            var word = new Word(vocabulary.idsOf(part), count);
            for (int i = 0; i + 1 < word.length; i++) {
                add(word, i);
            }
        }
    }

    private void merge(int size) {
        while (vocabulary.size() < size && !queue.isEmpty()) {
            Candidate best = queue.remove();
            Pair pair = best.pair();
            if (best.count() != pair.count) { // counted before another merge took some of its occurrences
                enqueue(pair);
            } else {
                int merged = vocabulary.addMerge(pair.left, pair.right);
                Set<Pair> grown = new HashSet<>();
                List<Word> words = pair.words;
                pair.words = new ArrayList<>();
                words.forEach(word -> replace(word, pair, merged, grown));
                grown.forEach(this::enqueue);
            }
        }
    }

    private void replace(Word word, Pair pair, int merged, Set<Pair> grown) {
        for (int i = 0; i + 1 < word.length; i++) {
            pair(word, i).count -= word.count;
        }
        word.merge(pair.left, pair.right, merged);
        for (int i = 0; i + 1 < word.length; i++) {
            if (word.ids[i] == merged || word.ids[i + 1] == merged) {
                grown.add(add(word, i));
            } else {
                pair(word, i).count += word.count;
            }
        }
    }

    private Pair add(Word word, int position) {
        Pair pair = pair(word, position);
        pair.count += word.count;
        if (pair.words.isEmpty() || pair.words.get(pair.words.size() - 1) != word) {
            pair.words.add(word);
        }
        return pair;
    }

    private Pair pair(Word word, int position) {
        int left = word.ids[position];
        int right = word.ids[position + 1];
        return pairs.computeIfAbsent((long) left << Integer.SIZE | right, key -> new Pair(left, right));
    }

    private void enqueue(Pair pair) {
        if (pair.count >= MIN_FREQUENCY) {
            queue.add(new Candidate(pair, pair.count));
        }
    }

    /** A distinct piece, as the tokens it consists of so far. */
    private static final class Word {
        private final int[] ids;
        private final long count;
        private int length;

        Word(int[] ids, long count) {
            this.ids = ids;
            this.count = count;
            this.length = ids.length;
        }

        /** Replaces the pair from left to right, as an encoder does. */
        void merge(int left, int right, int merged) {
            int kept = 0;
            for (int i = 0; i < length; i++) {
                if (i + 1 < length && ids[i] == left && ids[i + 1] == right) {
                    ids[kept++] = merged;
                    i++;
                } else {
                    ids[kept++] = ids[i];
                }
            }
            length = kept;
        }
    }

    /** Two neighbouring tokens, with all the words that hold them, and some that no longer do. */
    private static final class Pair {
        private final int left;
        private final int right;
        private long count;
        private List<Word> words = new ArrayList<>();

        Pair(int left, int right) {
            this.left = left;
            this.right = right;
        }
    }

    /** A pair with the count that it had when it was queued; the most frequent is least. */
    private record Candidate(Pair pair, long count) implements Comparable<Candidate> {
        private static final Comparator<Candidate> ORDER = Comparator.comparingLong(Candidate::count)
                .reversed()
                .thenComparingInt(candidate -> candidate.pair().left)
                .thenComparingInt(candidate -> candidate.pair().right);

        @Override
        public int compareTo(Candidate other) {
            return ORDER.compare(this, other);
        }
    }
}
