package dev.lion.examples.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PuzzleRolesTest {
    private static final String SORTING = "Sort the following words alphabetically: List: d c b a";
    private static final String ARITHMETIC = "((2 + 3) * (1 + 1)) =";
    private static final String BRACKETS =
            "Complete the rest of the sequence, making sure that the parentheses are closed properly. Input: ( [ { <";
    private static final String BOOLEAN = "not True or False is";

    private final PuzzleTeacher teacher = new PuzzleTeacher();
    private final PuzzleReferee referee = new PuzzleReferee();

    @Test
    void answer_puzzleWithInput_readsBoth() {
        Instruction instruction = Instruction.of("Sort the following words alphabetically:", "List: b a");

        assertThat(teacher.answer(instruction)).isEqualTo(Response.of("a b"));
    }

    @Test
    void answer_noPuzzle_saysWhichTextAndWhatToDo() {
        Instruction instruction = Instruction.of("Write a poem. " + "x".repeat(200));

        assertThatThrownBy(() -> teacher.answer(instruction))
                .isInstanceOf(UnsolvablePuzzleException.class)
                .hasMessageContaining(instruction.id())
                .hasMessageContaining("Write a poem.")
                .hasMessageContaining("language model")
                .hasMessageNotContaining("x".repeat(150));
    }

    @ParameterizedTest
    @EnumSource(Difficulty.class)
    void generate_smallParent_keepsFamilyAndMakesEasyOnesRarer(Difficulty difficulty) {
        PuzzleGenerator generator = new PuzzleGenerator();
        for (Instruction parent : Puzzles.seeds(60, 5)) {
            PuzzleFamily family = Puzzles.familyOf(parent.text()).orElseThrow();
            List<Instruction> generated = generator
                    .generate(new GenerationRequest(parent, difficulty, 1, 77))
                    .instructions();
            assertThat(generated)
                    .hasSize(1)
                    .doesNotContain(parent)
                    .allSatisfy(instruction -> assertThat(family.sizeOf(instruction.text()))
                            .contains(difficulty == Difficulty.HARD ? Size.SMALL : Size.RARER));
        }
    }

    @Test
    void generate_rarerHardParent_staysRarer() {
        Instruction parent = Instruction.of("Sort the following words alphabetically: List: f e d c b a");

        List<Instruction> generated = new PuzzleGenerator()
                .generate(new GenerationRequest(parent, Difficulty.HARD, 1, 3))
                .instructions();

        assertThat(new WordSorting().sizeOf(generated.get(0).text())).contains(Size.RARER);
    }

    @Test
    void generate_equalSeeds_writesEqualTextsAndOthersForOtherSeeds() {
        PuzzleGenerator generator = new PuzzleGenerator();
        Instruction parent = Instruction.of(SORTING);

        GenerationResponse first = generator.generate(new GenerationRequest(parent, Difficulty.HARD, 1, 8));

        assertThat(generator.generate(new GenerationRequest(parent, Difficulty.HARD, 2, 8)))
                .isEqualTo(first);
        assertThat(generator.generate(new GenerationRequest(parent, Difficulty.HARD, 1, 9)))
                .isNotEqualTo(first);
    }

    @Test
    void generate_excludedText_isNeverWritten() {
        Instruction parent = Instruction.of(SORTING);
        GenerationRequest request = new GenerationRequest(parent, Difficulty.HARD, 1, 8);
        Set<String> excluded = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String text = new PuzzleGenerator(excluded)
                    .generate(request)
                    .instructions()
                    .get(0)
                    .text();
            assertThat(excluded.add(text)).isTrue();
        }
    }

    @Test
    void generate_parentIsNoPuzzle_fails() {
        GenerationRequest request = new GenerationRequest(Instruction.of("Write a poem."), Difficulty.EASY, 1, 8);

        assertThatThrownBy(() -> new PuzzleGenerator().generate(request)).isInstanceOf(UnsolvablePuzzleException.class);
    }

    @ParameterizedTest(name = "{1} for {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                BOOLEAN + "|False|10",
                BOOLEAN + "|True|1",
                BOOLEAN + "|''|1",
                BOOLEAN + "|' False '|10",
                SORTING + "|a b c d|10",
                SORTING + "|a b d c|7.075",
                SORTING + "|a c d|7.075",
                SORTING + "|x y|1",
                SORTING + "|''|1",
                ARITHMETIC + "|10|10",
                ARITHMETIC + "|9|5.05",
                ARITHMETIC + "|5|3.25",
                ARITHMETIC + "|-10|1",
                ARITHMETIC + "|ten|1",
                ARITHMETIC + "|99999999999999999999|1",
                BRACKETS + "|> } ] )|10",
                BRACKETS + "|> } )|5.05",
                BRACKETS + "|) ] } >|1",
            })
    void judge_answer_scoresItsShareInEitherOrder(String text, String answer, double score) {
        Instruction instruction = Instruction.of(text);
        Response exact = teacher.answer(instruction);

        Verdict verdict = referee.judge(new Comparison(instruction, exact, Response.of(answer)));
        Verdict swapped = referee.judge(new Comparison(instruction, Response.of(answer), exact));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Scored.class, scored -> {
            assertThat(scored.first()).isEqualTo(Verdict.MAX_SCORE);
            assertThat(scored.second()).isCloseTo(score, offset(1e-9));
            assertThat(scored.evidence()).contains("\"" + exact.text() + "\"");
        });
        assertThat(swapped).isInstanceOfSatisfying(Verdict.Scored.class, scored -> {
            assertThat(scored.first()).isCloseTo(score, offset(1e-9));
            assertThat(scored.second()).isEqualTo(Verdict.MAX_SCORE);
        });
    }

    @Test
    void judge_garbage_staysWithinBounds() {
        Response garbage = Response.of("%$ 12 ( [ a \n".repeat(50));
        for (Instruction instruction : Puzzles.seeds(48, 6)) {
            Verdict verdict = referee.judge(new Comparison(instruction, garbage, Response.of("")));
            assertThat(verdict).isInstanceOfSatisfying(Verdict.Scored.class, scored -> {
                assertThat(scored.first()).isBetween(1.0, 2.0);
                assertThat(scored.second()).isEqualTo(1);
            });
        }
    }

    @Test
    void judge_noPuzzle_abstains() {
        Comparison comparison = new Comparison(Instruction.of("Write a poem."), Response.of("a"), Response.of("b"));

        assertThat(referee.judge(comparison)).isInstanceOf(Verdict.Abstained.class);
    }
}
