package dev.lion.student.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePairTrainerTest {

    @Test
    void train_onKnownCounts_mergesTheMostFrequentPairFirst() {
        var vocabulary = new BytePairVocabulary();

        BytePairTrainer.train(vocabulary, Map.of("low", 5L, "lower", 2L, "newest", 6L, "widest", 3L), 264);

        assertThat(merges(vocabulary)).containsExactly("e s", "es t", "l o", "lo w", "e w", "n ew");
    }

    @Test
    void train_withPairsThatOccurOnce_leavesThemOut() {
        var vocabulary = new BytePairVocabulary();

        BytePairTrainer.train(vocabulary, Map.of("abc", 1L, "xy", 2L), 1000);

        assertThat(merges(vocabulary)).containsExactly("x y");
    }

    @Test
    void train_withEquallyFrequentPairs_takesTheLowerBytesFirst() {
        var vocabulary = new BytePairVocabulary();

        BytePairTrainer.train(vocabulary, Map.of("zz", 3L, "bc", 3L, "bb", 3L), 261);

        assertThat(merges(vocabulary)).containsExactly("b b", "b c", "z z");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void train_onRandomPieces_mergesAsRecountingEverythingDoes(long seed) {
        var pieces = randomPieces(new Random(seed));
        var fast = new BytePairVocabulary();
        var plain = new BytePairVocabulary();

        BytePairTrainer.train(fast, pieces, 400);
        trainByRecounting(plain, pieces, 400);

        assertThat(fast.toTokenizerJson()).isEqualTo(plain.toTokenizerJson());
        assertThat(merges(fast)).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void encode_ofTheTrainingPieces_isWhatTrainingMadeOfThem(long seed) {
        var pieces = randomPieces(new Random(seed));
        var vocabulary = new BytePairVocabulary();
        List<Word> trained = trainByRecounting(vocabulary, pieces, 400);
        String text = trained.stream().map(word -> word.piece).collect(Collectors.joining(" "));

        try (var tokenizer = StudentTokenizer.of(vocabulary)) {
            for (Word word : trained) {
                assertThat(tokenizer.encode(word.piece)).as(word.piece).containsExactly(toArray(word.ids));
            }
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void train_onOneVeryLongPiece_learnsFromAllOfIt() {
        var vocabulary = new BytePairVocabulary();

        BytePairTrainer.train(vocabulary, Map.of("a".repeat(200_000), 1L), 262);

        assertThat(merges(vocabulary)).containsExactly("a a", "aa aa", "aaaa aaaa", "aaaaaaaa aaaaaaaa");
    }

    private static List<String> merges(BytePairVocabulary vocabulary) {
        var merges = new ArrayList<String>();
        for (JsonNode merge : vocabulary.toTokenizerJson().path("model").path("merges")) {
            merges.add(merge.asText());
        }
        return merges;
    }

    /** Few letters, so that pairs overlap, repeat, and the same token arises in more than one way. */
    private static Map<String, Long> randomPieces(Random random) {
        var pieces = new HashMap<String, Long>();
        for (int i = 0; i < 60; i++) {
            String piece = random.ints(1 + random.nextInt(12), 'a', 'd')
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            pieces.put(piece, 1L + random.nextInt(5));
        }
        return pieces;
    }

    private static int[] toArray(List<Integer> ids) {
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private record Word(String piece, long count, List<Integer> ids) {}

    /** The reference: before each merge, all pairs of all words are counted anew. */
    private static List<Word> trainByRecounting(BytePairVocabulary vocabulary, Map<String, Long> pieces, int size) {
        var words = new ArrayList<Word>();
        pieces.forEach((piece, count) -> words.add(new Word(
                piece,
                count,
                IntStream.of(vocabulary.idsOf(piece.getBytes(StandardCharsets.UTF_8)))
                        .boxed()
                        .collect(Collectors.toCollection(ArrayList::new)))));
        while (vocabulary.size() < size) {
            var counts = new HashMap<List<Integer>, Long>();
            for (Word word : words) {
                for (int i = 0; i + 1 < word.ids.size(); i++) {
                    counts.merge(List.of(word.ids.get(i), word.ids.get(i + 1)), word.count, Long::sum);
                }
            }
            var best = counts.entrySet().stream()
                    .filter(pair -> pair.getValue() >= 2)
                    .min(Map.Entry.<List<Integer>, Long>comparingByValue()
                            .reversed()
                            .thenComparing(pair -> pair.getKey().get(0))
                            .thenComparing(pair -> pair.getKey().get(1)));
            if (best.isEmpty()) {
                break;
            }
            List<Integer> pair = best.get().getKey();
            int merged = vocabulary.addMerge(pair.get(0), pair.get(1));
            words.forEach(word -> merge(word.ids, pair, merged));
        }
        return words;
    }

    private static void merge(List<Integer> ids, List<Integer> pair, int merged) {
        for (int i = 0; i + 1 < ids.size(); i++) {
            if (ids.subList(i, i + 2).equals(pair)) {
                ids.subList(i, i + 2).clear();
                ids.add(i, merged);
            }
        }
    }
}
