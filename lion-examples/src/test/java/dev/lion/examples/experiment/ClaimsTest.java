package dev.lion.examples.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final List<Arm> ARMS =
            List.of(new Arm("a", "One", ""), new Arm("b", "Two", ""), new Arm("c", "Three", ""));

    private static Comparison comparison(String arm, String baseline, double low, double high) {
        return new Comparison(arm, baseline, World.PUZZLES, List.of(low, high), (low + high) / 2, low, high);
    }

    private static Run run(double... puzzles) {
        List<Point> points = IntStream.range(0, puzzles.length)
                .mapToObj(i -> new Point(i, 1, 1, Optional.empty(), Map.of(World.PUZZLES, puzzles[i]), Map.of()))
                .toList();
        return new Run("a", 1, points, 1);
    }

    @Test
    void differences_intervalAboveZero_isAheadByTheMean() {
        List<String> said = Claims.differences(ARMS, List.of(), List.of(comparison("a", "b", 0.02, 0.1)));
        assertThat(said)
                .containsExactly(
                        "One ends ahead of Two by 6.0 points.",
                        "One is ahead of Two on held-out puzzles: +6.0 points, 95 % interval +2.0 to +10.0, 2 seeds.");
    }

    @Test
    void differences_intervalBelowZero_isBehindByTheMean() {
        assertThat(Claims.differences(ARMS, List.of(), List.of(comparison("a", "b", -0.1, -0.02))))
                .first()
                .isEqualTo("One ends behind Two by 6.0 points.");
    }

    @Test
    void differences_intervalAroundZero_namesNoDifference() {
        assertThat(Claims.differences(ARMS, List.of(), List.of(comparison("a", "b", -0.1, 0.2))))
                .first()
                .isEqualTo("One ends not told apart from Two.");
    }

    @Test
    void differences_severalPairsAndMeasures_sayTheFirstPairOfAllAndTheRestOfTheFirstMeasure() {
        List<Comparison> comparisons = List.of(
                comparison("a", "b", 0.1, 0.2),
                comparison("a", "c", 0.1, 0.2),
                new Comparison("a", "b", World.PUBLIC, List.of(0.1, 0.2), 0.1, -0.1, 0.2),
                new Comparison("a", "c", World.PUBLIC, List.of(0.1, 0.2), 0.1, -0.1, 0.2));
        assertThat(Claims.differences(ARMS, List.of(), comparisons).stream().map(said -> said.replaceFirst(":.*", "")))
                .containsExactly(
                        "One ends ahead of Two by 15.0 points.",
                        "One is ahead of Two on held-out puzzles",
                        "One is not told apart from Two on BIG-Bench Hard\u2019s own items",
                        "One is ahead of Three on held-out puzzles");
    }

    @Test
    void against_comparisonWithAnotherBaseline_isNoneOfTheFirst() {
        List<Comparison> comparisons = List.of(comparison("a", "c", -0.1, 0.1), comparison("a", "b", 0.1, 0.2));
        List<String> said = Claims.against(ARMS, List.of(), comparisons);
        assertThat(said).first().isEqualTo("No setting can be told apart from Three.");
        assertThat(said).last().asString().startsWith("One is ahead of Two");
    }

    @Test
    void against_settingsOnBothSides_areNamed() {
        List<Comparison> comparisons = List.of(comparison("a", "c", -0.2, -0.1), comparison("b", "c", 0.1, 0.2));
        assertThat(Claims.against(ARMS, List.of(), comparisons))
                .first()
                .isEqualTo("Compared with Three, better: Two; worse: One.");
    }

    @Test
    void whereItPays_countsAheadBehindAndNeither() {
        List<Comparison> comparisons = List.of(
                comparison("a", "b", 0.1, 0.2), comparison("a", "c", -0.1, 0.2), comparison("b", "c", -0.3, -0.2));
        assertThat(Claims.whereItPays(ARMS, List.of(), comparisons))
                .first()
                .isEqualTo("The loop pays in 1 of 3 regimes, costs in 1, and makes no difference that these seeds could"
                        + " show in 1.");
    }

    @Test
    void gains_ofTheFirstArm_areMeansByIteration() {
        List<String> said = Claims.gains(ARMS, List.of(run(0.2, 0.3, 0.5), run(0.4, 0.5, 0.6)), List.of());
        assertThat(said)
                .containsExactly(
                        "Iteration 2 gains most on held-out puzzles.",
                        "The gains of iterations 1 to 2 are +10.0, +15.0 points, means of 2 seeds.");
    }

    @Test
    void claims_withoutRuns_sayThatItIsTooEarly() {
        for (Experiment experiment : Experiments.ALL) {
            assertThat(experiment.claim().of(ARMS, List.of(), List.of()))
                    .containsExactly("Too few runs are done to say anything.");
        }
    }
}
