package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the loop relies on in a {@link Referee}. */
public abstract non-sealed class RefereeContract extends RoleContract<Referee, Comparison, Verdict> {
    /**
     * At least two comparisons that this referee can judge, and in which the first answer is clearly the better one; simple
     * questions with a right and a wrong answer by default.
     */
    protected List<Comparison> comparisons() {
        return List.of(
                comparison("Name the capital of France.", "Paris", "Berlin"),
                comparison("What is 17 plus 25?", "42", "I do not know."),
                comparison("Sort these words: pear, apple, fig.", "apple, fig, pear", "pear"));
    }

    private static Comparison comparison(String text, String better, String worse) {
        return new Comparison(Instruction.of(text), Response.of(better), Response.of(worse));
    }

    /**
     * Whether an answer's score does not depend on its place; true by default. Language models favour a place; the loop
     * asks in both orders because of them.
     */
    protected boolean isSymmetric() {
        return true;
    }

    @Override
    final Verdict ask(Referee referee, Comparison comparison) throws Exception {
        return referee.judge(comparison);
    }

    @Override
    final List<Comparison> ordinary() {
        return comparisons();
    }

    @Override
    final List<Comparison> unusual(String text) {
        return List.of(
                new Comparison(Instruction.of(text), Response.of("Yes."), Response.of("No.")),
                new Comparison(Instruction.of("Repeat this.", text), Response.of(text), Response.of("")));
    }

    /** A comparison of the kind that the referee is for is scored, not abstained from. */
    @Test
    public void judge_ordinaryComparison_isScored() throws Exception {
        Referee referee = create();
        for (Comparison comparison : comparisons()) {
            scored(referee, comparison);
        }
    }

    /** The scores belong to the answers in the order in which these were given: in both orders together, the better wins. */
    @Test
    public void judge_betterAnswerInEitherPlace_scoresHigher() throws Exception {
        Referee referee = create();
        for (Comparison comparison : comparisons()) {
            Verdict.Scored shownFirst = scored(referee, comparison);
            Verdict.Scored shownSecond = scored(referee, swapped(comparison));
            assertThat(shownFirst.first() + shownSecond.second())
                    .as(
                            "scores of the better answer, %s and %s",
                            comparison.first().text(), comparison.instruction().text())
                    .isGreaterThan(shownFirst.second() + shownSecond.first());
        }
    }

    /** Nobody chooses what a student writes: whatever it is, the referee scores it or abstains, and does not throw. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lion.testing.UnusualTexts#all")
    public void judge_unusualAnswer_givesAVerdict(String text) throws Exception {
        Referee referee = create();
        Comparison ordinary = comparisons().get(0);
        for (Response unusual : List.of(Response.of(text), Response.of(""), Response.of(" \n"))) {
            Comparison comparison = new Comparison(ordinary.instruction(), ordinary.first(), unusual);
            assertVerdict(referee, comparison);
            assertVerdict(referee, swapped(comparison));
        }
    }

    private static void assertVerdict(Referee referee, Comparison comparison) {
        assertThatCode(() -> assertThat(referee.judge(comparison))
                        .as("a verdict; abstain rather than return null")
                        .isNotNull())
                .as("judging an unusual answer; abstain rather than throw")
                .doesNotThrowAnyException();
    }

    /** Answers that change places change scores, if the adapter says so. */
    @Test
    public void judge_swappedAnswers_swapsTheScores() throws Exception {
        assumeTrue(isSymmetric(), "the adapter's scores depend on the place");
        Referee referee = create();
        for (Comparison comparison : comparisons()) {
            Verdict.Scored verdict = scored(referee, comparison);
            Verdict.Scored swapped = scored(referee, swapped(comparison));
            assertThat(List.of(swapped.second(), swapped.first()))
                    .as("the scores after a swap; override isSymmetric() if they depend on the place")
                    .isEqualTo(List.of(verdict.first(), verdict.second()));
        }
    }

    /** Equal answers get equal scores, if the adapter says so. */
    @Test
    public void judge_equalAnswers_scoresThemAlike() throws Exception {
        assumeTrue(isSymmetric(), "the adapter's scores depend on the place");
        Referee referee = create();
        for (Comparison comparison : comparisons()) {
            Verdict.Scored verdict =
                    scored(referee, new Comparison(comparison.instruction(), comparison.first(), comparison.first()));
            assertThat(verdict.first())
                    .as("the score of the first of two equal answers")
                    .isEqualTo(verdict.second());
        }
    }

    private static Comparison swapped(Comparison comparison) {
        return new Comparison(comparison.instruction(), comparison.second(), comparison.first());
    }

    private static Verdict.Scored scored(Referee referee, Comparison comparison) throws Exception {
        return assertThat(referee.judge(comparison))
                .as(
                        "the verdict on %s and %s",
                        comparison.first().text(), comparison.second().text())
                .asInstanceOf(type(Verdict.Scored.class))
                .actual();
    }

    /** A batch, if the adapter has some, brings one answer for each question, in their order, as single calls do. */
    @Test
    public void batches_ordinaryQuestions_areAnsweredInOrder() throws Exception {
        Referee role = create();
        List<Verdict> answers = new ArrayList<>();
        for (Comparison question : comparisons()) {
            answers.add(role.judge(question));
        }
        BatchChecks.assertAnswersInOrder(
                role.batches(), comparisons(), isDeterministic() ? Optional.of(answers) : Optional.empty(), patience());
    }
}
