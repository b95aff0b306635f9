package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.student.training.Passes.Pass;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An example is its own number of tokens here. */
class PassesTest {
    private static final List<Integer> LENGTHS =
            new Random(1).ints(128, 5, 200).boxed().toList();

    private static List<Pass<Integer>> cut(List<Integer> lengths, int mostTokens, int threads) {
        return Passes.cut(lengths, length -> length, mostTokens, threads);
    }

    @ParameterizedTest(name = "at most {0} tokens")
    @ValueSource(ints = {1, 150, 400, 2048, 100_000})
    void cut_anyLimit_hasEveryExampleOnceAndKeepsTheLimit(int most) {
        var passes = cut(LENGTHS, most, 2);

        assertThat(passes.stream().map(Pass::examples).flatMap(List::stream))
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(LENGTHS);
        assertThat(passes).allMatch(pass -> pass.examples().size() == 1 || pass.tokens() <= most);
        assertThat(passes)
                .allMatch(pass -> pass.tokens()
                        == pass.examples().stream().mapToInt(Integer::intValue).sum());
        assertThat(passes.stream().map(Pass::index)).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void cut_roomForAll_makesAPassOfLikeSizeForEachThread() {
        var passes = cut(LENGTHS, 100_000, 3);
        int all = LENGTHS.stream().mapToInt(Integer::intValue).sum();

        assertThat(passes).hasSize(3).allMatch(pass -> Math.abs(pass.tokens() - all / 3) <= 200);
    }

    @Test
    void cut_smallLimit_makesFewMorePassesThanNeeded() {
        int all = LENGTHS.stream().mapToInt(Integer::intValue).sum();

        assertThat(cut(LENGTHS, 1000, 1)).hasSizeLessThanOrEqualTo(all * 5 / 4 / 1000);
    }

    @Test
    void cut_fewerExamplesThanThreads_makesAPassOfEach() {
        assertThat(cut(List.of(9, 4), 100, 8).stream().map(Pass::examples)).containsExactly(List.of(4), List.of(9));
    }

    @Test
    void deal_manyPasses_givesEveryThreadAboutAsMuch() {
        var shares = Passes.deal(cut(LENGTHS, 500, 2), 2);
        var tokens = shares.stream()
                .map(share -> share.stream().mapToInt(Pass::tokens).sum())
                .toList();

        assertThat(shares.stream().flatMap(Collection::stream))
                .containsExactlyInAnyOrderElementsOf(cut(LENGTHS, 500, 2));
        assertThat(Math.abs(tokens.get(0) - tokens.get(1))).isLessThan(500);
    }

    @Test
    void deal_onePass_needsOneThread() {
        assertThat(Passes.deal(cut(List.of(5), 100, 2), 2))
                .isEqualTo(Stream.of(cut(List.of(5), 100, 2)).toList());
    }
}
