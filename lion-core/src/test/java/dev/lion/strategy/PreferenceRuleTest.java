package dev.lion.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.Judgement;
import dev.lion.data.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceRuleTest {
    private static Judgement judgement(Optional<Finding> finding) {
        return new Judgement("id", Optional.of(Verdict.of(8, 4)), Optional.empty(), finding);
    }

    private static Judgement found(double gap, Difficulty difficulty) {
        return judgement(Optional.of(new Finding(gap, difficulty)));
    }

    @ParameterizedTest(name = "a gap of {0}, {1}: {2}")
    @CsvSource({"1, HARD, true", "0.5, HARD, true", "0, HARD, false", "-1, HARD, false", "4, EASY, false"})
    void hard_ofAFinding_isWhatIsHardAndBetterAnsweredByTheTeacher(
            double gap, Difficulty difficulty, boolean expected) {
        assertThat(PreferenceRule.hard().isPreference(found(gap, difficulty))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "a gap of {0}, {1}: {2}")
    @CsvSource({"2, EASY, true", "2, HARD, true", "1.99, HARD, false", "-3, EASY, false"})
    void gap_ofAFinding_isThatOrMoreWhateverTheDifficulty(double gap, Difficulty difficulty, boolean expected) {
        assertThat(PreferenceRule.gap(2).isPreference(found(gap, difficulty))).isEqualTo(expected);
    }

    @Test
    void rules_withoutAFinding_preferNothing() {
        assertThat(PreferenceRule.hard().isPreference(judgement(Optional.empty())))
                .isFalse();
        assertThat(PreferenceRule.gap(0.1).isPreference(judgement(Optional.empty())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 9.5, Double.NaN})
    void gap_outOfRange_isRefused(double least) {
        assertThatThrownBy(() -> PreferenceRule.gap(least))
                .hasMessage(
                        "the gap from which on an answer is preferred must be above 0 and at most 9, but is " + least);
    }

    @Test
    void description_ofARule_namesItsGap() {
        assertThat(PreferenceRule.gap(1.5).description()).isEqualTo("gap of 1.5 or more");
        assertThat(PreferenceRule.hard().description()).isEqualTo("hard");
        PreferenceRule own = judgement -> true;
        assertThat(own.description()).isEqualTo("custom");
    }
}
