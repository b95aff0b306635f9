package dev.lion.novelty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RougeLIndexTest {
    @ParameterizedTest(name = "threshold {0}")
    @ValueSource(doubles = {0, 0.3, 0.5, 0.7, 0.8, 1})
    void nearDuplicateOf_randomTexts_decidesAndScoresAsThePlainDefinition(double threshold) {
        Random random = new Random(7);
        RougeLIndex index = new RougeLIndex(threshold);
        List<Instruction> added = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Instruction candidate = Instruction.of(randomText(random, added));
            assertThat(index.nearDuplicateOf(candidate))
                    .as("candidate %s", candidate.text())
                    .isEqualTo(plain(candidate, added, threshold));
            index.add(candidate);
            added.add(candidate);
        }
    }

    @Test
    void nearest_randomTexts_isTheLargestPlainScore() {
        Random random = new Random(8);
        RougeLIndex index = new RougeLIndex(0.7);
        List<Instruction> added = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Instruction candidate = Instruction.of(randomText(random, added));
            assertThat(index.nearest(candidate.text())).isEqualTo(plain(candidate, added, 0));
            index.add(candidate);
            added.add(candidate);
        }
    }

    @Test
    void accepts_scoreExactlyAtTheThreshold_isNew() {
        // L = 7 of 10 and 10 tokens: 0.7 by the arithmetic of the score
        Instruction known = Instruction.of("a b c d e f g h i j");
        Instruction atThreshold = Instruction.of("a b c d e f g x y z");
        double score = RougeL.score(known.text(), atThreshold.text());
        RougeLIndex index = new RougeLIndex(score);
        index.add(known);
        assertThat(index.accepts(atThreshold)).isTrue();
        RougeLIndex below = new RougeLIndex(Math.nextDown(score));
        below.add(known);
        assertThat(below.nearDuplicateOf(atThreshold)).contains(new NoveltyIndex.Match(known.id(), score));
    }

    @Test
    void nearDuplicateOf_sharedInput_countsTextAndInput() {
        RougeLIndex index = new RougeLIndex(0.7);
        index.add(Instruction.of("Translate", "one two three four five six seven"));
        assertThat(index.accepts(Instruction.of("Summarize", "one two three four five six seven")))
                .isFalse();
    }

    @Test
    void accepts_textWithoutTokens_isNew() {
        RougeLIndex index = new RougeLIndex(0);
        index.add(Instruction.of("???"));
        assertThat(index.accepts(Instruction.of("???"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void new_thresholdOutOfRange_isRefused(double threshold) {
        assertThatThrownBy(() -> new RougeLIndex(threshold)).hasMessageContaining("from 0 to 1");
    }

    @Test
    void description_eachTokenization_namesTheRuleAndKeepsThePapersAsItWas() {
        assertThat(new RougeLIndex(0.7).description()).isEqualTo("ROUGE-L at most 0.7");
        assertThat(RougeLIndex.unicode(0.7).description()).isEqualTo("ROUGE-L at most 0.7, Unicode tokens");
    }

    @Test
    void accepts_repetitionInAnotherAlphabet_isNewOnlyByThePapersTokens() {
        for (String text : List.of("写一首关于狮子的诗", "Напиши стихотворение о льве", "สิงโต", "اكتب قصيدة")) {
            RougeLIndex paper = new RougeLIndex(0.7);
            RougeLIndex unicode = RougeLIndex.unicode(0.7);
            paper.add(Instruction.of(text));
            unicode.add(Instruction.of(text));
            assertThat(paper.accepts(Instruction.of(text))).isTrue();
            assertThat(unicode.accepts(Instruction.of(text))).isFalse();
        }
    }

    private static Optional<NoveltyIndex.Match> plain(Instruction candidate, List<Instruction> added, double floor) {
        Optional<NoveltyIndex.Match> best = Optional.empty();
        for (Instruction other : added) {
            double score = RougeL.score(candidate.fullText(), other.fullText());
            if (score > best.map(NoveltyIndex.Match::score).orElse(floor)) {
                best = Optional.of(new NoveltyIndex.Match(other.id(), score));
            }
        }
        return best;
    }

    // up to 200 tokens, so several machine words; half of the texts are variations of earlier ones
    private static String randomText(Random random, List<Instruction> added) {
        if (!added.isEmpty() && random.nextBoolean()) {
            String[] words = added.get(random.nextInt(added.size())).text().split(" ");
            for (int change = random.nextInt(words.length + 1) / 3; change > 0; change--) {
                words[random.nextInt(words.length)] = randomWord(random);
            }
            return String.join(" ", words);
        }
        int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 20);
        return random.ints(length, 0, 1).mapToObj(i -> randomWord(random)).collect(Collectors.joining(" "));
    }

    private static String randomWord(Random random) {
        return "w" + Math.min(random.nextInt(30), random.nextInt(30));
    }
}
