package dev.lion.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.strategy.TrainPoolRule.History;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainPoolRuleTest {
    private static final List<Instruction> SEEDS = some("seed", 40);
    private static final List<Instruction> FIRST = some("first", 20);
    private static final List<Instruction> SECOND = some("second", 10);
    private static final History HISTORY = history(7);

    private static List<Instruction> some(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Instruction.of(name + " " + i))
                .toList();
    }

    private static History history(long randomSeed) {
        return new History(InstructionPool.of(SEEDS), List.of(FIRST, SECOND), randomSeed);
    }

    private static List<Instruction> replayed(double share, long randomSeed) {
        List<Instruction> pool =
                TrainPoolRule.replay(share).trainPool(history(randomSeed)).instructions();
        return pool.subList(0, pool.size() - SECOND.size());
    }

    @Test
    void replace_takesTheLatestOnly() {
        assertThat(TrainPoolRule.replace().trainPool(HISTORY)).containsExactlyElementsOf(SECOND);
    }

    @Test
    void accumulate_takesSeedsAndEverythingGeneratedInOrder() {
        assertThat(TrainPoolRule.accumulate().trainPool(HISTORY))
                .hasSize(70)
                .startsWith(SEEDS.get(0), SEEDS.get(1))
                .endsWith(SECOND.get(8), SECOND.get(9))
                .containsSubsequence(FIRST);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1, 3.3, 6})
    void replay_takesTheLatestAndTheShareOfEarlierOnesOnceEachInOrder(double share) {
        assertThat(TrainPoolRule.replay(share).trainPool(HISTORY)).endsWith(SECOND.toArray(new Instruction[0]));
        assertThat(replayed(share, 7)).hasSize((int) Math.round(10 * share)).doesNotHaveDuplicates();
        assertThat(HISTORY.earlier()).containsSubsequence(replayed(share, 7));
    }

    @Test
    void replay_moreWantedThanThereAre_takesAll() {
        assertThat(replayed(100, 7)).isEqualTo(HISTORY.earlier());
    }

    @Test
    void replay_roundsToTheNearestWhole() {
        assertThat(replayed(0.04, 7)).isEmpty();
        assertThat(replayed(0.05, 7)).hasSize(1);
    }

    @Test
    void replay_equalSeed_drawsTheSameAndOtherSeedsOthers() {
        assertThat(replayed(1, 7)).isEqualTo(replayed(1, 7)).isNotEqualTo(replayed(1, 8));
    }

    @Test
    void replay_overManySeeds_drawsEachEarlierOneAboutEquallyOften() {
        int[] drawn = new int[60];
        for (int seed = 0; seed < 3000; seed++) {
            Collection<Instruction> chosen = new HashSet<>(replayed(1, seed));
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] += chosen.contains(HISTORY.earlier().get(i)) ? 1 : 0;
            }
        }
        // 500 expected, standard deviation 20
        assertThat(IntStream.of(drawn).boxed()).allMatch(times -> times > 400 && times < 600);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void replay_unusableShare_isRefused(double share) {
        assertThatThrownBy(() -> TrainPoolRule.replay(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but is " + share);
    }

    @Test
    void description_ofBuiltInRules_carriesTheirParameters() {
        Set<String> descriptions = Set.of(
                TrainPoolRule.replace().description(),
                TrainPoolRule.accumulate().description(),
                TrainPoolRule.replay(0.3).description());
        assertThat(descriptions).containsExactlyInAnyOrder("replace", "accumulate", "replay 0.3");
    }

    @Test
    void description_ofALambda_isCustom() {
        TrainPoolRule own = history -> history.seeds();
        assertThat(own.description()).isEqualTo("custom");
        assertThat(own.trainPool(HISTORY)).containsExactlyElementsOf(SEEDS);
    }

    @Test
    void history_iteration_isTheNumberOfGenerations() {
        assertThat(HISTORY.iteration()).isEqualTo(2);
        assertThatThrownBy(() -> new History(InstructionPool.of(SEEDS), List.of(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
