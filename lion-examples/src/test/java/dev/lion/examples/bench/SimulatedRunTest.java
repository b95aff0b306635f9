package dev.lion.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.examples.bench.SimulatedReferee.Pairs;
import dev.lion.judging.Judging;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedRunTest {
    private static final SimulatedReferee REFEREE = new SimulatedReferee(0.5, 0.6, 0.5, 7);

    private static PlanFigures figures(Judging plan) {
        return PlanFigures.of(List.of(SimulatedRun.of(plan, REFEREE, SimulatedWorld.usual(), 1200, 120, 1)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.46, 0.82})
    void contradicting_aRate_contradictsItselfThatOften(double rate) {
        Pairs even = Pairs.ahead(0);
        assertThat(REFEREE.contradicting(rate, even).conflictRate(even)).isCloseTo(rate, within(0.01));
    }

    @Test
    void of_thePapersPlan_losesNothingButItsOwnNoise() {
        PlanFigures paper = figures(Judging.paper());
        assertThat(paper.totalCalls()).isEqualTo(2 * (1200 + 1320 + 1440));
        assertThat(paper.recall()).isEqualTo(1);
        assertThat(paper.precision()).isEqualTo(1);
        assertThat(paper.foundAgain()).isBetween(0.6, 0.95);
    }

    @Test
    void of_theFrugalPlan_savesAndStillFindsMost() {
        PlanFigures frugal = figures(Judging.frugal());
        assertThat(frugal.calls()).isLessThan(0.62);
        assertThat(frugal.recall()).isGreaterThan(0.9);
    }

    @Test
    void print_plans_showsEachInALine() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JudgingTable.print(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), Map.of("frugal", figures(Judging.frugal())));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("of all", "\n  frugal ");
    }
}
