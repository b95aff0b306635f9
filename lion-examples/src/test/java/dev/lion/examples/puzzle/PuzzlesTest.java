package dev.lion.examples.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PuzzlesTest {
    @Test
    void seeds_equalArguments_areEqualDistinctAndBalanced() {
        List<Instruction> seeds = Puzzles.seeds(600, 42);

        assertThat(seeds).hasSize(600).isEqualTo(Puzzles.seeds(600, 42)).isNotEqualTo(Puzzles.seeds(600, 43));
        assertThat(seeds).extracting(Instruction::id).doesNotHaveDuplicates();
        Map<String, Long> perFamily = seeds.stream()
                .map(seed -> Puzzles.familyOf(seed.text()).orElseThrow().name())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(perFamily)
                .hasSize(8)
                .allSatisfy((name, count) -> assertThat(count).isEqualTo(75));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 42})
    void heldOut_answersThatAreOneOfAFew_areEquallyFrequent(long seed) {
        Map<String, Map<String, Long>> answers = Puzzles.heldOut(400, seed, List.of()).stream()
                .filter(item -> item.target().matches("Yes|No|True|False|\\([A-Z]\\)"))
                .collect(Collectors.groupingBy(
                        PuzzleItem::family, Collectors.groupingBy(PuzzleItem::target, Collectors.counting())));

        assertThat(answers).hasSize(4);
        assertThat(answers.getOrDefault("web_of_lies", Map.of()).values()).containsOnly(25L);
        assertThat(answers.getOrDefault("tracking_shuffled_objects_three_objects", Map.of())
                        .values())
                .hasSize(3)
                .allSatisfy(count -> assertThat(count).isBetween(16L, 17L));
    }

    @Test
    void heldOut_equalSeed_sharesNoTextWithThePool() {
        List<Instruction> seeds = Puzzles.seeds(1200, 42);

        List<PuzzleItem> heldOut = Puzzles.heldOut(600, 42, seeds);

        assertThat(heldOut).hasSize(600).extracting(PuzzleItem::instruction).doesNotHaveDuplicates();
        assertThat(heldOut).extracting(PuzzleItem::instruction).doesNotContainAnyElementsOf(seeds);
        assertThat(heldOut)
                .allSatisfy(item -> assertThat(
                                new PuzzleTeacher().answer(item.instruction()).text())
                        .isEqualTo(item.target()));
    }

    @Test
    void heldOut_poolHoldsItsFirstDraw_drawsAnother() {
        List<PuzzleItem> drawn = Puzzles.heldOut(12, 1, List.of());
        List<Instruction> pool = drawn.stream().map(PuzzleItem::instruction).toList();

        assertThat(Puzzles.heldOut(12, 1, pool))
                .extracting(PuzzleItem::instruction)
                .doesNotContainAnyElementsOf(pool);
    }

    @Test
    void seeds_noFamily_isRefused() {
        assertThatThrownBy(() -> Puzzles.seeds(List.of(), 3, 1)).hasMessageContaining("0 families");
    }
}
