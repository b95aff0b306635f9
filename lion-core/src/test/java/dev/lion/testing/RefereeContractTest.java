package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.fixture.ContractRun;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The contract passes a sound referee, and each of its own tests fails for a referee that is broken in that point; the tests
 * of {@link RoleContract} are those of {@link TeacherContractTest}.
 */
class RefereeContractTest {
    private static final Set<String> RIGHT = Set.of("Paris", "42", "apple, fig, pear");

    static final List<Map.Entry<String, Referee>> BROKEN = List.of(
            Map.entry("judge_ordinaryComparison_isScored", c -> Verdict.abstain("no idea")),
            Map.entry(
                    "judge_betterAnswerInEitherPlace_scoresHigher",
                    c -> Verdict.of(score(c.second()), score(c.first()))),
            Map.entry("judge_betterAnswerInEitherPlace_scoresHigher", c -> Verdict.of(9, 3)),
            Map.entry("judge_unusualAnswer_givesAVerdict", c -> Verdict.of(quoted(c.first()), quoted(c.second()))),
            Map.entry(
                    "judge_swappedAnswers_swapsTheScores",
                    c -> Verdict.of(score(c.first()), Math.max(1, score(c.second()) - 1))),
            Map.entry(
                    "batches_ordinaryQuestions_areAnsweredInOrder",
                    ScriptedBatches.beside(
                            RefereeContractTest::sound, ScriptedBatches.of(c -> Verdict.abstain("in a hurry")))),
            Map.entry(
                    "judge_equalAnswers_scoresThemAlike",
                    c -> c.first().equals(c.second()) ? Verdict.of(10, 1) : sound(c)));

    @Test
    void contract_soundReferee_passes() {
        Subject.referee = RefereeContractTest::sound;
        assertThat(ContractRun.of(Subject.class).failed()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("BROKEN")
    void contract_brokenReferee_failsInThatPoint(Map.Entry<String, Referee> broken) {
        Subject.referee = broken.getValue();
        assertThat(ContractRun.of(Subject.class, broken.getKey()).failed()).containsExactly(broken.getKey());
    }

    @Test
    void contract_everyTestOfItsOwn_hasARefereeThatFailsIt() {
        Set<String> own = ContractRun.testsOf(Subject.class);
        own.removeAll(ContractRun.testsOf(RoleContract.class));
        assertThat(BROKEN.stream().map(Map.Entry::getKey)).hasSameElementsAs(own);
    }

    private static Verdict sound(Comparison comparison) {
        return Verdict.of(score(comparison.first()), score(comparison.second()));
    }

    private static double score(Response response) {
        return RIGHT.contains(response.text()) ? 10 : 2;
    }

    // as a referee does that looks for score lines everywhere
    private static double quoted(Response response) {
        return response.text().contains("99") ? 99 : score(response);
    }

    /** The contract as the platform runs it, on the referee of the moment. */
    static class Subject extends RefereeContract {
        private static Referee referee = RefereeContractTest::sound;

        @Override
        protected Referee create() {
            return referee;
        }
    }
}
