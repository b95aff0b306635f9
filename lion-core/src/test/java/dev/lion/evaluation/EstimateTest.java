package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.ItemOutcome;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateTest {
    @Test
    void wilson_newcombesExamples_areAsPublished() { // Newcombe 1998, two-sided confidence intervals, table I, method 3
        assertInterval(Estimate.wilson(new Score(81, 263)), 0.2553, 0.3662);
        assertInterval(Estimate.wilson(new Score(15, 148)), 0.0624, 0.1605);
        assertInterval(Estimate.wilson(new Score(0, 20)), 0, 0.1611);
        assertInterval(Estimate.wilson(new Score(1, 29)), 0.0061, 0.1718);
    }

    private static void assertInterval(Estimate estimate, double low, double high) {
        assertThat(estimate.low()).isCloseTo(low, within(5e-5));
        assertThat(estimate.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void wilson_nothingAsked_isRefused() {
        assertThatThrownBy(() -> Estimate.wilson(new Score(0, 0))).hasMessageContaining("at least one item");
    }

    @Test
    void bootstrap_meanOfManyDraws_isAsWideAsTheNormalInterval() {
        SplittableRandom random = new SplittableRandom(3);
        List<Double> sample =
                IntStream.range(0, 400).mapToObj(i -> random.nextDouble()).toList();
        Estimate mean = Bootstrap.of(
                List.of(sample),
                strata -> strata.get(0).stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow(),
                5);
        double half = Estimate.Z * Math.sqrt(1.0 / 12 / 400);
        assertThat(mean.value() - mean.low()).isCloseTo(half, within(0.1 * half));
        assertThat(mean.high() - mean.value()).isCloseTo(half, within(0.1 * half));
    }

    @Test
    void bootstrap_strata_keepTheirSizes() {
        Estimate sizes = Bootstrap.of(
                List.of(List.of(1, 2, 3), List.of(4)),
                strata -> strata.get(0).size() * 10 + strata.get(1).size(),
                1);
        assertThat(sizes).isEqualTo(new Estimate(31, 31, 31));
    }

    @Test
    void pairedDifference_newcombesExample_isAsPublished() { // Newcombe 1998, paired data, table II, method 10
        Estimate change = PairedDifference.of(36, 2, 12, 0, Estimate.Z).change();
        assertThat(change.value()).isEqualTo(0.2);
        assertInterval(change, 0.0569, 0.3404);
    }

    @Test
    void pairedDifference_equalStudents_falselyFallInAtMostAFewPerCent() {
        SplittableRandom random = new SplittableRandom(11);
        int falls = 0;
        int worlds = 2000;
        for (int world = 0; world < worlds; world++) {
            int[] counts = new int[4];
            for (int i = 0; i < 60; i++) {
                boolean easy = random.nextInt(2) == 0; // what one has right the other has likelier right too
                double right = easy ? 0.9 : 0.2;
                counts[(random.nextDouble() < right ? 0 : 2) + (random.nextDouble() < right ? 0 : 1)]++;
            }
            falls += PairedDifference.of(counts[0], counts[1], counts[2], counts[3], Estimate.Z)
                            .isFall()
                    ? 1
                    : 0;
        }
        assertThat(falls).isBetween(worlds / 200, worlds * 35 / 1000); // 2.5 % are meant to
    }

    @Test
    void normalQuantile_usualConfidences_areAsInTables() {
        assertThat(NormalQuantile.twoSided(0.95)).isCloseTo(Estimate.Z, within(1e-12));
        assertThat(NormalQuantile.twoSided(0.99)).isCloseTo(2.5758293035489, within(1e-12));
        assertThat(NormalQuantile.twoSided(0.9999)).isCloseTo(3.8905918864131, within(1e-11));
        assertThat(NormalQuantile.twoSided(0)).isCloseTo(0, within(1e-12));
        assertThatThrownBy(() -> NormalQuantile.twoSided(1)).hasMessageContaining("but is 1.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 9})
    void fromBest_equalStudents_theLastFalselyFallsBehindTheBestInAFewPerCent(int earlier) {
        SplittableRandom random = new SplittableRandom(17);
        int falls = 0;
        int worlds = 1000;
        for (int world = 0; world < worlds; world++) {
            boolean[] easy = new boolean[60];
            IntStream.range(0, easy.length).forEach(i -> easy[i] = random.nextBoolean());
            List<ItemOutcome> best = Stream.generate(() -> outcomes(easy, random))
                    .limit(earlier)
                    .max(Comparator.comparingLong(EstimateTest::right))
                    .orElseThrow();
            falls += PairedDifference.fromBest(earlier, best, outcomes(easy, random))
                            .orElseThrow()
                            .isFall()
                    ? 1
                    : 0;
        }
        assertThat(falls)
                .isLessThanOrEqualTo(worlds * 35 / 1000); // 6 and 12 % with the interval of a single comparison
    }

    private static List<ItemOutcome> outcomes(boolean[] easy, SplittableRandom random) {
        return IntStream.range(0, easy.length)
                .mapToObj(i -> outcome("item-" + i, random.nextDouble() < (easy[i] ? 0.9 : 0.2)))
                .toList();
    }

    private static long right(List<ItemOutcome> outcomes) {
        return outcomes.stream().filter(ItemOutcome::right).count();
    }

    @Test
    void fromBest_ofNobody_isRefused() {
        assertThatThrownBy(() -> PairedDifference.fromBest(0, List.of(), List.of()))
                .hasMessage("the first must be the best of 1 or more, but is of 0");
    }

    @Test
    void pairedDifference_outcomes_arePairedByTaskIdAndPlaceAmongEquals() {
        List<ItemOutcome> before = List.of(outcome("a", true), outcome("a", false), outcome("b", true));
        List<ItemOutcome> after =
                List.of(outcome("b", false), outcome("a", true), outcome("a", true), outcome("c", true));
        PairedDifference difference = PairedDifference.of(before, after);
        assertThat(difference)
                .extracting(PairedDifference::items, PairedDifference::gained, PairedDifference::lost)
                .containsExactly(3, 1, 1);
        assertThat(difference.isFall() || difference.isRise()).isFalse();
        assertThatThrownBy(() -> PairedDifference.of(before, List.of())).hasMessageContaining("no item in common");
    }

    @Test
    void pairedDifference_clearChange_isAFallOrARise() {
        List<ItemOutcome> wrong = Collections.nCopies(40, outcome("a", false));
        List<ItemOutcome> right = Collections.nCopies(40, outcome("a", true));
        assertThat(PairedDifference.of(right, wrong).isFall()).isTrue();
        assertThat(PairedDifference.of(wrong, right).isRise()).isTrue();
    }

    private static ItemOutcome outcome(String id, boolean right) {
        return new ItemOutcome("task", id, "", right);
    }
}
