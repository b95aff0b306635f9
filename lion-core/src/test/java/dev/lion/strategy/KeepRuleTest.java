package dev.lion.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.run.IterationSummary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepRuleTest {
    private static int best(double tolerance, int... rightAnswers) {
        return KeepRule.best(tolerance).keptIteration(Summaries.withRightAnswers(rightAnswers));
    }

    @Test
    void latest_worse_isKept() {
        assertThat(KeepRule.latest().keptIteration(Summaries.withRightAnswers(60, 40)))
                .isEqualTo(1);
        assertThat(KeepRule.latest().needsEvaluation()).isFalse();
    }

    @Test
    void unlessFallen_fallBeyondChance_givesWayToTheStudentItFellBehind() {
        List<IterationSummary> fallen = Summaries.fallenBehind(0, 70, 60, 40);
        assertThat(KeepRule.unlessFallen().keptIteration(fallen)).isZero();
        assertThat(KeepRule.unlessFallen().keptIteration(fallen.subList(0, 2)))
                .isEqualTo(1); // lower, but not beyond chance
        assertThat(KeepRule.unlessFallen().needsEvaluation()).isTrue();
        assertThat(KeepRule.unlessFallen().description()).isEqualTo("latest unless fallen");
    }

    @Test
    void best_betterOrEqual_isKept() {
        assertThat(best(0, 40, 60)).isEqualTo(1);
        assertThat(best(0, 60, 60)).isEqualTo(1);
    }

    @Test
    void best_worse_givesWayToTheBestSoFar() {
        assertThat(best(0, 40, 60, 50, 59)).isEqualTo(1);
    }

    @Test
    void best_severalBest_theLaterOneIsKept() {
        assertThat(best(0, 60, 60, 10)).isEqualTo(1);
    }

    @Test
    void best_worseByJustTheTolerance_isKept() {
        assertThat(best(0.02, 58, 56)).isEqualTo(1);
        assertThat(best(0.02, 58, 55)).isZero();
    }

    @Test
    void best_smallFallsInARow_doNotAddUpBeyondTheTolerance() {
        assertThat(best(0.02, 58, 57, 56)).isEqualTo(2);
        assertThat(best(0.02, 58, 57, 56, 55)).isZero();
    }

    @Test
    void best_noItemAsked_isNotKeptWhenAnotherWasMeasured() {
        assertThat(best(0.5, 1, -1)).isZero();
        assertThat(best(0, -1, -1)).isEqualTo(1);
        assertThat(best(0, -1, 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void best_unusableTolerance_isRefused(double tolerance) {
        assertThatThrownBy(() -> KeepRule.best(tolerance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but is " + tolerance);
    }

    @Test
    void description_ofBuiltInRules_carriesTheirParameters() {
        KeepRule own = summaries -> 0;
        assertThat(KeepRule.latest().description()).isEqualTo("latest");
        assertThat(KeepRule.best().description()).isEqualTo("best, tolerance 0.0");
        assertThat(own.description()).isEqualTo("custom");
        assertThat(own.needsEvaluation()).isFalse();
    }
}
