package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerRuleTest {
    private final AnswerRule letters = AnswerRule.firstLetter(List.of("(A)", "(B)", "(C)"));
    private final AnswerRule words = AnswerRule.firstWord(List.of("valid", "invalid"));

    @Test
    void firstLetter_answerWithSeveralCapitals_takesTheFirstThatIsAnOption() {
        assertThat(letters.read("(B) because of (A)")).contains("(B)");
        assertThat(letters.read("The answer is C.")).contains("(C)");
        assertThat(letters.read("D, or rather A")).contains("(A)");
        assertThat(letters.read("Between these, C")).contains("(B)"); // the paper's rule looks into words
        assertThat(letters.read("a or b")).isEmpty();
        assertThat(letters.read("")).isEmpty();
    }

    @Test
    void firstLetter_plainLetters_areReadAsTheyAreCalled() {
        assertThat(AnswerRule.firstLetter(List.of("A", "B")).read("(B)")).contains("B");
    }

    @Test
    void firstWord_wordWithinAnother_isNotTakenForIt() {
        assertThat(words.read("It is invalid, not valid")).contains("invalid");
        assertThat(words.read("Valid.")).contains("valid");
        assertThat(words.read("validity")).isEmpty();
        assertThat(AnswerRule.firstWord(List.of("Yes", "No")).read("Nobody knows: no"))
                .contains("No");
    }

    @Test
    void wholeText_blanksAroundIt_areDropped() {
        assertThat(AnswerRule.wholeText().read(" > ]\n")).contains("> ]");
        assertThat(AnswerRule.wholeText().choices()).isEmpty();
    }

    @Test
    void rules_withoutAChoice_areRefused() {
        assertThatThrownBy(() -> AnswerRule.firstLetter(List.of("A"))).hasMessageContaining("two different choices");
        assertThatThrownBy(() -> AnswerRule.firstLetter(List.of("A", "b"))).hasMessageContaining("not b");
        assertThatThrownBy(() -> AnswerRule.firstWord(List.of("yes", "Yes"))).hasMessageContaining("two different");
        assertThatThrownBy(() -> AnswerRule.firstWord(List.of("yes", "not so"))).hasMessageContaining("one word");
    }
}
