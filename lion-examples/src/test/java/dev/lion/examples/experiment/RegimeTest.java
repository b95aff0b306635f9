package dev.lion.examples.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.examples.puzzle.PuzzleFamily;
import dev.lion.examples.puzzle.Puzzles;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RegimeTest {
    private static final List<String> THREE = List.of("navigate", "web_of_lies", "word_sorting");

    private static Regime regime(double skew, int seeds) {
        return new Regime("id", "label", THREE, skew, seeds, 10, 1, 1, 1);
    }

    @Test
    void counts_ofAnySkew_sumToTheSeedsAndLeaveNoFamilyOut() {
        for (double skew : new double[] {0, 1, 1.5, 4}) {
            Map<PuzzleFamily, Integer> counts = regime(skew, 600).counts(7);
            assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(600);
            assertThat(counts.values()).allMatch(count -> count >= 8);
        }
    }

    @Test
    void counts_withoutSkew_areEven() {
        assertThat(regime(0, 600).counts(3).values()).containsOnly(200);
    }

    @Test
    void counts_overAsManySeedsAsFamilies_giveEachFamilyEachRank() {
        List<PuzzleFamily> frequent = LongStream.range(10, 13)
                .mapToObj(seed -> regime(1.5, 600).counts(seed).entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey())
                .toList();
        assertThat(frequent).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void seeds_ofCounts_areSoManyDistinctTexts() {
        Regime regime = regime(1.5, 120);
        var seeds = Puzzles.seeds(regime.counts(1), 1);
        assertThat(seeds).hasSize(120).doesNotHaveDuplicates();
        regime.counts(1)
                .forEach((family, count) -> assertThat(seeds.stream()
                                .filter(text -> family.solve(text.fullText()).isPresent()))
                        .hasSize(count));
    }

    @Test
    void new_tooFewSeedsOrAnUnknownFamily_areRefusedByName() {
        assertThatThrownBy(() -> regime(0, 23)).hasMessageContaining("23 seeds are too few for 3 families");
        assertThatThrownBy(() -> new Regime("id", "label", List.of("chess"), 0, 10, 1, 1, 1, 1).puzzles())
                .hasMessageContaining("chess");
    }
}
