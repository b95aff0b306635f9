package dev.lion.novelty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.InstructionPool;
import dev.lion.novelty.RougeLSearch.Hit;
import dev.lion.testing.RealData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything is compared with the plain definition, scores to the last bit. */
class RougeLSearchTest {
    private static final double[] THRESHOLDS = {0, Double.MIN_VALUE, 1e-3, 0.2, 0.5, 0.7, 0.9, Math.nextDown(1.0), 1};
    private static final List<String> MANY_SCRIPTS = List.of(
            "the", "日", "本", "語の", "テスト", "ภาษา", "ไทย", "한국어", "문장을", "слово", "СЛОВО", "كلمة", "हिन्दी", "नमस्ते",
            "🦁", "👍🏽", "👩‍💻", "𠮷", "naïve", "NAÏVE", "ﬁx", "42", "Straße", "STRASSE");

    @ParameterizedTest(name = "{0} distinct words, texts of up to {1}, {2} of them")
    @CsvSource({"2, 30, 600", "30, 60, 600", "400, 200, 350", "5000, 20, 900", "3000, 2000, 40"})
    void everyQuestion_randomTexts_isAnsweredAsByThePlainDefinition(int distinct, int longest, int texts) {
        agree(new Soup(distinct, Soup.latin(distinct), longest), texts, Tokenization.PAPER);
    }

    @Test
    void everyQuestion_manyScripts_isAnsweredAsByThePlainDefinition() {
        agree(new Soup(5, MANY_SCRIPTS, 40), 600, Tokenization.UNICODE);
    }

    @ParameterizedTest
    @EnumSource
    void everyQuestion_severalMergedSegments_isAnsweredAsByThePlainDefinition(Tokenization tokenization) {
        Soup soup = new Soup(11, Soup.latin(300), 25);
        RougeLSearch search = new RougeLSearch(tokenization);
        Plain plain = new Plain(tokenization);
        for (int i = 0; i < 5000; i++) {
            String text = soup.next();
            if (i % 197 == 0) {
                assertAgree(search, plain, text);
            }
            search.add(text);
            plain.add(text);
        }
        for (int i = 0; i < 20; i++) {
            assertAgree(search, plain, soup.next());
        }
    }

    @Test
    void nearest_veryLongTexts_isThePlainScore() {
        List<String> words = Soup.latin(50);
        Random random = new Random(3);
        RougeLSearch search = new RougeLSearch();
        Plain plain = new Plain(Tokenization.PAPER);
        List<Integer> lengths = List.of(1, 64, 65, 128, 5000, 9000);
        for (int length : lengths) {
            String text = String.join(
                    " ",
                    random.ints(length, 0, words.size()).mapToObj(words::get).toList());
            search.add(text);
            plain.add(text);
        }
        for (int length : List.of(63, 127, 129, 10_000)) {
            String text = String.join(
                    " ",
                    random.ints(length, 0, words.size()).mapToObj(words::get).toList());
            assertThat(search.nearest(text)).isEqualTo(plain.above(0, text));
        }
    }

    @Test
    void nearest_tokensBeyondTheShortNumbers_isThePlainScore() {
        RougeLSearch search = new RougeLSearch();
        for (int i = 0; i < 700; i++) {
            search.add(String.join(" ", Soup.latin(100 * (i + 1)).subList(100 * i, 100 * (i + 1))));
        }
        // tokens 69,890 to 69,899 of the last text, of which they are a tenth
        String text = String.join(" ", Soup.latin(69_900).subList(69_890, 69_900));
        assertThat(search.nearest(text)).contains(new Hit(698, RougeL.score(10, 10, 100)));
    }

    @Test
    void nearest_textLongerThanAPage_isThePlainScore() {
        RougeLSearch search = new RougeLSearch();
        search.add("w1 w2");
        search.add("w7 ".repeat(70_000));
        search.add("w3 w4");
        assertThat(search.nearest("w7 w7")).contains(new Hit(1, RougeL.score(2, 2, 70_000)));
        assertThat(search.nearest("w4 w3")).contains(new Hit(2, 0.5));
    }

    @Test
    void nearest_equalScores_isTheFirstAdded() {
        RougeLSearch search = new RougeLSearch();
        for (int i = 0; i < 2000; i++) {
            search.add("filler number n" + i);
            search.add("b c d e f g");
        }
        assertThat(search.nearest("b c d e f g")).contains(new Hit(1, 1.0));
    }

    @Test
    void nearest_nothingAddedOrNothingShared_isEmpty() {
        RougeLSearch search = new RougeLSearch();
        assertThat(search.nearest("a b")).isEmpty();
        search.add("c d");
        search.add("");
        assertThat(search.nearest("a b")).isEmpty();
        assertThat(search.nearest("")).isEmpty();
    }

    @Test
    void add_afterAQuery_countsAtOnce() {
        RougeLSearch search = new RougeLSearch();
        for (int i = 0; i < 1500; i++) {
            String text = "x" + i + " y" + i % 7 + " z" + i % 11;
            assertThat(search.hasAbove(0.99, text)).isFalse();
            search.add(text);
            assertThat(search.nearest(text)).contains(new Hit(i, 1.0));
        }
    }

    @Test
    void everyQuestion_realInstructions_isAnsweredAsByThePlainDefinition() {
        List<String> texts =
                new ArrayList<>(InstructionPool.read(RealData.require("instructions-42k.jsonl")).instructions().stream()
                        .map(instruction -> instruction.text())
                        .toList());
        Collections.shuffle(texts, new Random(9));
        RougeLSearch search = new RougeLSearch();
        Plain plain = new Plain(Tokenization.PAPER);
        texts.subList(0, 1500).forEach(text -> {
            search.add(text);
            plain.add(text);
        });
        texts.subList(1500, 1525).forEach(text -> assertAgree(search, plain, text));
    }

    private static void agree(Soup soup, int texts, Tokenization tokenization) {
        RougeLSearch search = new RougeLSearch(tokenization);
        Plain plain = new Plain(tokenization);
        for (int i = 0; i < texts; i++) {
            String text = soup.next();
            if (i % 30 == 0 || i > texts - 10) {
                assertAgree(search, plain, text);
            }
            search.add(text);
            plain.add(text);
        }
    }

    private static void assertAgree(RougeLSearch search, Plain plain, String text) {
        double[] scores = plain.scores(text);
        Optional<Hit> nearest = Plain.above(0, scores);
        assertThat(search.nearest(text)).as("nearest to %s", text).isEqualTo(nearest);
        IntStream.range(0, THRESHOLDS.length).forEach(i -> assertAgree(search, text, scores, THRESHOLDS[i]));
        // a score as the threshold, and its neighbours
        double best = nearest.map(Hit::score).orElse(0.3);
        double some = scores.length == 0 ? 0.4 : scores[scores.length / 2];
        for (double threshold :
                new double[] {best, Math.nextDown(best), Math.nextUp(best), some, Math.nextDown(some)}) {
            assertAgree(search, text, scores, Math.max(0, threshold));
        }
    }

    private static void assertAgree(RougeLSearch search, String text, double[] scores, double threshold) {
        Optional<Hit> expected = Plain.above(threshold, scores);
        assertThat(search.nearestAbove(threshold, text))
                .as("above %s: %s", threshold, text)
                .isEqualTo(expected);
        assertThat(search.hasAbove(threshold, text))
                .as("any above %s: %s", threshold, text)
                .isEqualTo(expected.isPresent());
    }

    /** One text after another, by the definition. */
    private record Plain(Tokenization tokenization, List<List<String>> texts) {
        Plain(Tokenization tokenization) {
            this(tokenization, new ArrayList<>());
        }

        void add(String text) {
            texts.add(tokenization.tokens(text));
        }

        double[] scores(String text) {
            List<String> tokens = tokenization.tokens(text);
            return texts.stream()
                    .mapToDouble(other -> RougeL.score(tokens, other))
                    .toArray();
        }

        Optional<Hit> above(double threshold, String text) {
            return above(threshold, scores(text));
        }

        static Optional<Hit> above(double threshold, double[] scores) {
            Optional<Hit> best = Optional.empty();
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] > best.map(Hit::score).orElse(threshold)) {
                    best = Optional.of(new Hit(i, scores[i]));
                }
            }
            return best;
        }
    }
}
