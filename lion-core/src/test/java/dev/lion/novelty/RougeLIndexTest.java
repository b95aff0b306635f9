package dev.lion.novelty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.fixture.RealData;
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
    void nearDuplicateOf_realInstructions_decidesAsThePlainDefinition() {
        List<Instruction> texts =
                InstructionPool.read(RealData.require("instructions-42k.jsonl")).instructions();
        List<Instruction> sample = new Random(9)
                .ints(500, 0, texts.size())
                .distinct()
                .mapToObj(texts::get)
                .toList();
        List<Instruction> known = sample.subList(0, 450);
        RougeLIndex index = new RougeLIndex(0.5);
        known.forEach(index::add);
        List<Instruction> candidates = sample.subList(450, 470);
        assertThat(candidates.stream().map(index::nearDuplicateOf))
                .isEqualTo(candidates.stream().map(c -> plain(c, known, 0.5)).toList());
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
