package dev.lion.examples.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static Run run(String arm, long seed, double value) {
        return new Run(arm, seed, List.of(new Point(0, 1, 1, Optional.empty(), Map.of("m", value), Map.of())), 1);
    }

    @Test
    void between_armsWithEqualSeeds_isPairedAndHasStudentsInterval() {
        List<Run> runs = List.of(
                run("a", 1, 0.5), run("b", 1, 0.4),
                run("b", 2, 0.5), run("a", 2, 0.7),
                run("a", 3, 0.6), run("b", 3, 0.3));
        Comparison found = Differences.between("a", "b", "m", runs, 1).orElseThrow();
        assertThat(found.mean()).isCloseTo(0.2, within(1e-12));
        // standard deviation 0.1 over three seeds, t = 4.303 with two degrees of freedom
        assertThat(found.high() - found.mean()).isCloseTo(4.303 * 0.1 / Math.sqrt(3), within(1e-4));
        assertThat(found.mean() - found.low()).isCloseTo(found.high() - found.mean(), within(1e-12));
        assertThat(found.differences()).hasSize(3);
    }

    @Test
    void between_seedsThatOnlyOneArmHas_leavesThemOut() {
        List<Run> runs = List.of(run("a", 1, 0.5), run("b", 1, 0.4), run("a", 2, 0.9));
        assertThat(Differences.between("a", "b", "m", runs, 1)).isEmpty();
    }

    @Test
    void between_severalAtOnce_isWider() {
        List<Run> runs = List.of(run("a", 1, 0.5), run("b", 1, 0.4), run("a", 2, 0.9), run("b", 2, 0.5));
        Comparison one = Differences.between("a", "b", "m", runs, 1).orElseThrow();
        Comparison four = Differences.between("a", "b", "m", runs, 4).orElseThrow();
        assertThat(four.mean()).isEqualTo(one.mean());
        assertThat(four.high() - four.low()).isGreaterThan(3 * (one.high() - one.low()));
    }
}
