package dev.lion.examples.puzzle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComposedPuzzlesTest {
    private static final int TEXTS = 400;

    static Stream<Arguments> familiesAndSizes() {
        return Puzzles.FAMILIES.stream()
                .flatMap(family -> Stream.of(Size.values()).map(size -> Arguments.of(family.name(), size, family)));
    }

    static Stream<Arguments> seedFamilies() {
        return Puzzles.SEED_FAMILIES.stream().map(family -> Arguments.of(family.name(), family));
    }

    static Stream<Arguments> secondOpinions() {
        return Stream.of(
                        opinion("boolean_expressions", BruteForce::bool),
                        opinion("multistep_arithmetic_two", BruteForce::arithmetic),
                        opinion("dyck_languages", BruteForce::brackets),
                        opinion("web_of_lies", BruteForce::liars),
                        opinion("navigate", BruteForce::walked),
                        opinion("tracking_shuffled_objects_three_objects", BruteForce::heldAtStart),
                        opinion("tracking_shuffled_objects_seven_objects", BruteForce::heldAtStart),
                        opinion("word_sorting", BruteForce::sorted),
                        opinion("object_counting", BruteForce::counted))
                .flatMap(opinion -> Stream.of(Size.values())
                        .map(size -> Arguments.of(opinion.get()[0], size, opinion.get()[1], opinion.get()[2])));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("familiesAndSizes")
    void compose_anySize_isSolvedByItsFamilyAloneAndShowsItsSize(String name, Size size, PuzzleFamily family) {
        RandomGenerator random = Puzzles.stream("composed", 1);
        for (int i = 0; i < (name.contains("seven") ? 10 : 100); i++) {
            String text = family.compose(random, size);
            assertThat(Puzzles.FAMILIES.stream().filter(any -> any.solve(text).isPresent()))
                    .as(text)
                    .containsExactly(family);
            assertThat(family.sizeOf(text)).as(text).contains(size);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("secondOpinions")
    void solve_composed_agreesWithBruteForce(
            String name, Size size, PuzzleFamily family, UnaryOperator<String> bruteForce) {
        RandomGenerator random = Puzzles.stream("brute force", 2);
        for (int i = 0; i < TEXTS; i++) {
            String text = family.compose(random, size);
            assertThat(family.solve(text)).as(text).contains(bruteForce.apply(text));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deductions")
    void solve_composedOrder_agreesWithTryingEveryOrder(String name, PuzzleFamily family, int texts) {
        RandomGenerator random = Puzzles.stream("brute force", 3);
        for (int i = 0; i < texts; i++) {
            String text = family.compose(random, Size.SMALL);
            assertThat(family.solve(text)).as(text).contains(BruteForce.golf(text));
        }
    }

    static Stream<Arguments> deductions() {
        return Stream.of(
                Arguments.of("three", family("logical_deduction_three_objects"), 400),
                Arguments.of("five", family("logical_deduction_five_objects"), 100));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seedFamilies")
    void compose_small_hasNoAnswerThatIsAGoodGuessAndFewRepeats(String name, PuzzleFamily family) {
        RandomGenerator random = Puzzles.stream("balance", 4);
        Map<String, Integer> answers = new HashMap<>();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 2 * TEXTS; i++) {
            String text = family.compose(random, Size.SMALL);
            texts.add(text);
            answers.merge(family.solve(text).orElseThrow(), 1, Integer::sum);
        }
        double mostFrequent = Collections.max(answers.values()) / (2.0 * TEXTS);
        double chance = Set.of("True", "False", "Yes", "No").containsAll(answers.keySet()) ? 0.5 : 0.34;
        assertThat(mostFrequent).as(answers.toString()).isLessThan(chance + 0.06);
        assertThat(texts).hasSizeGreaterThan(2 * TEXTS * 3 / 4);
    }

    private static PuzzleFamily family(String name) {
        return Puzzles.FAMILIES.stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Arguments opinion(String name, UnaryOperator<String> bruteForce) {
        return Arguments.of(name, family(name), bruteForce);
    }
}
