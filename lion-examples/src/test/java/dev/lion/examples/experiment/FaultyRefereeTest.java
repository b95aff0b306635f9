package dev.lion.examples.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.examples.experiment.Arm.Quality;
import dev.lion.examples.puzzle.PuzzleTeacher;
import dev.lion.examples.puzzle.Puzzles;
import dev.lion.role.Comparison;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyRefereeTest {
    private static final List<Instruction> TEXTS = Puzzles.seeds(400, 5);

    private static Verdict.Scored judge(Quality quality, Instruction text, String first, String second) {
        var verdict =
                new FaultyReferee(quality, 1).judge(new Comparison(text, Response.of(first), Response.of(second)));
        return (Verdict.Scored) verdict;
    }

    private static String right(Instruction text) {
        return new PuzzleTeacher().answer(text).text();
    }

    @Test
    void judge_withoutFaults_tellsRightFromWrongInEitherOrder() {
        Instruction text = TEXTS.get(0);
        Verdict.Scored one = judge(Quality.PERFECT, text, right(text), "no answer at all");
        Verdict.Scored other = judge(Quality.PERFECT, text, "no answer at all", right(text));
        assertThat(List.of(one.first(), one.second(), other.first(), other.second()))
                .containsExactly(9.0, 2.0, 2.0, 9.0);
    }

    @Test
    void judge_withBias_favoursTheFirst() {
        assertThat(meanAdvantageOfTheFirst(new Quality(1, 2))).isBetween(1.0, 2.0);
        assertThat(meanAdvantageOfTheFirst(new Quality(1, -2))).isBetween(-2.0, -1.0);
        assertThat(meanAdvantageOfTheFirst(new Quality(1, 0))).isCloseTo(0, within(0.25));
    }

    // both right, and worth 9: noise and bias are cut off at 10
    private static double meanAdvantageOfTheFirst(Quality quality) {
        return TEXTS.stream()
                .filter(text -> right(text).equals("True")
                        || right(text).equals("False")
                        || right(text).equals("Yes"))
                .map(text -> judge(quality, text, right(text) + " ", right(text)))
                .mapToDouble(scored -> scored.first() - scored.second())
                .average()
                .orElseThrow();
    }

    @Test
    void judge_askedTheSameAgain_saysTheSameInWholePoints() {
        Quality noisy = new Quality(3, 1);
        for (Instruction text : TEXTS) {
            Verdict.Scored once = judge(noisy, text, right(text), "wrong");
            assertThat(judge(noisy, text, right(text), "wrong")).isEqualTo(once);
            assertThat(once.first()).isEqualTo(Math.rint(once.first()));
        }
    }
}
