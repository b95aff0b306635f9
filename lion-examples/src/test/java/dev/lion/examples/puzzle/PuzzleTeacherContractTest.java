package dev.lion.examples.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.role.Teacher;
import dev.lion.testing.TeacherContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PuzzleTeacherContractTest extends TeacherContract {
    private static final String SORT = "Sort the following words alphabetically:";

    @Override
    protected Teacher create() {
        return new PuzzleTeacher();
    }

    @Override
    protected List<Instruction> instructions() {
        return puzzles();
    }

    @Override
    protected List<Instruction> instructionsWithInput() {
        return List.of(Instruction.of(SORT, "List: pear fig apple"), Instruction.of(SORT, "List: d c b a"));
    }

    static List<Instruction> puzzles() {
        return Puzzles.seeds(Puzzles.FAMILIES, Puzzles.FAMILIES.size(), 1);
    }

    @ParameterizedTest
    @MethodSource("puzzles")
    void answer_puzzleRepeatedOften_isAnsweredOrRefused(Instruction puzzle) throws Exception {
        call_unusualText_isAnsweredOrRefused(puzzle.text().repeat(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not ", "( "})
    void answer_deepBooleanExpression_isRefused(String level) {
        assertThatThrownBy(() -> create().answer(Instruction.of(level.repeat(20_000) + "True is")))
                .isInstanceOf(UnsolvablePuzzleException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "("})
    void answer_deepArithmetic_isRefused(String level) {
        assertThatThrownBy(() -> create().answer(Instruction.of("(" + level.repeat(20_000) + "1) =")))
                .isInstanceOf(UnsolvablePuzzleException.class);
    }

    @Test
    void answer_nestingOfAHundredLevels_isAnswered() throws Exception {
        String nested = "not ( ".repeat(100) + "True" + " )".repeat(100) + " is";
        assertThat(create().answer(Instruction.of(nested)).text()).isEqualTo("True");
    }
}
