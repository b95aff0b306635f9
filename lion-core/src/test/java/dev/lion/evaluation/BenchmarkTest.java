package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.Instruction;
import dev.lion.data.ItemOutcome;
import dev.lion.role.Student;
import dev.lion.testing.CountingStudent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchmarkTest {
    private static final AnswerRule LETTERS = AnswerRule.firstLetter(List.of("A", "B"));

    private static BenchmarkItem item(String task, String question, AnswerRule rule, String target) {
        return new BenchmarkItem(task, Instruction.of(question), rule, target);
    }

    private final Benchmark mixed = Benchmark.on(List.of(
            item("letters", "first", LETTERS, "A"),
            item("open", "say x", AnswerRule.wholeText(), "x"),
            item("letters", "second", LETTERS, "B")));

    @Test
    void measure_writtenAnswers_goByEachItemsRule() throws Exception {
        var student = new AnsweringStudent(text -> text.startsWith("say") ? " x\n" : "I say A", (text, answer) -> 0.0);
        Measurement measured = mixed.measure(student);
        assertThat(measured.summary())
                .isEqualTo(new EvaluationSummary(Map.of("letters", new Score(1, 2), "open", new Score(1, 1))));
        assertThat(measured.outcomes()).extracting(ItemOutcome::right).containsExactly(true, true, false);
        assertThat(measured.outcomes()).extracting(ItemOutcome::answer).containsExactly("I say A", " x\n", "I say A");
    }

    @Test
    void measure_byLikelihood_takesTheLikeliestAndStillWritesOpenAnswers() throws Exception {
        List<String> written = new ArrayList<>();
        var student = new AnsweringStudent(
                text -> {
                    written.add(text);
                    return "x";
                },
                (text, answer) -> text.equals("second") == answer.equals("B") ? -1.0 : -2.0);
        Measurement measured = mixed.byLikelihood().measure(student);
        assertThat(measured.outcomes()).extracting(ItemOutcome::answer).containsExactly("A", "x", "B");
        assertThat(measured.summary().overall()).isEqualTo(new Score(3, 3));
        assertThat(written).containsExactly("say x");
    }

    @Test
    void measure_nothingIsLikely_isWrongAndTooLong() throws Exception {
        var student = new AnsweringStudent(text -> "", (text, answer) -> Double.NEGATIVE_INFINITY);
        Benchmark benchmark = mixed.byLikelihood();
        BenchmarkResult result = BenchmarkResult.of(benchmark, benchmark.measure(student));
        assertThat(result.tasks().get("letters"))
                .extracting(BenchmarkResult.Task::correct, BenchmarkResult.Task::unread, BenchmarkResult.Task::tooLong)
                .containsExactly(0, 0, 2);
    }

    @Test
    void measure_byLikelihoodOfAStudentWithoutScores_isRefused() {
        Student plain = new CountingStudent();
        assertThatThrownBy(() -> mixed.byLikelihood().measure(plain)).hasMessageContaining("let it write its answers");
    }

    @Test
    void item_targetThatIsNoChoice_isRefused() {
        assertThatThrownBy(() -> item("t", "q", LETTERS, "C")).hasMessageContaining("one of [A, B], but is \"C\"");
    }

    @Test
    void fingerprint_changesWithEverythingThatDecidesTheResult() {
        assertThat(List.of(
                        mixed.fingerprint(),
                        mixed.byLikelihood().fingerprint(),
                        Benchmark.on(mixed.items().subList(0, 2)).fingerprint(),
                        Benchmark.on(List.of(item("letters", "first", AnswerRule.wholeText(), "A")))
                                .fingerprint(),
                        Benchmark.on(List.of(item("letters", "first", LETTERS, "B")))
                                .fingerprint()))
                .doesNotHaveDuplicates();
    }

    @Test
    void result_tasksOfDifferentSizes_hasBothAveragesAndWhatChanceBrings() {
        List<BenchmarkItem> items = new ArrayList<>();
        IntStream.range(0, 30).forEach(i -> items.add(item("big", "b" + i, LETTERS, "A")));
        IntStream.range(0, 10)
                .forEach(i ->
                        items.add(item("small", "s" + i, AnswerRule.firstLetter(List.of("A", "B", "C", "D")), "A")));
        Benchmark benchmark = Benchmark.on(items);
        List<ItemOutcome> outcomes = items.stream()
                .map(each -> new ItemOutcome(
                        each.task(), each.instruction().id(), "A", each.task().equals("small")))
                .toList();
        BenchmarkResult result = BenchmarkResult.of(benchmark, Measurement.of(outcomes));
        assertThat(result.micro().value()).isEqualTo(0.25);
        assertThat(result.macro().value()).isEqualTo(0.5);
        assertThat(result.microChance()).hasValue((30 * 0.5 + 10 * 0.25) / 40);
        assertThat(result.macroChance()).hasValue(0.375);
        assertThat(result.macroOfChoices()).contains(result.macro());
        assertThat(result).isEqualTo(BenchmarkResult.of(benchmark, Measurement.of(outcomes)));
        assertThatThrownBy(() -> BenchmarkResult.of(benchmark, Measurement.of(outcomes.subList(0, 3))))
                .hasMessage("there are 3 outcomes of 40 items");
    }

    @Test
    void result_allWrong_isNotSureThatAllWillBe() {
        List<BenchmarkItem> items = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> items.add(item("task " + i % 2, "i" + i, LETTERS, "A")));
        List<ItemOutcome> outcomes = items.stream()
                .map(each -> new ItemOutcome(each.task(), each.instruction().id(), "B", false))
                .toList();
        BenchmarkResult result = BenchmarkResult.of(Benchmark.on(items), Measurement.of(outcomes));
        assertThat(result.micro()).isEqualTo(Estimate.wilson(new Score(0, 40)));
        assertThat(result.macro().low()).isZero();
        assertThat(result.macro().high())
                .isBetween(
                        result.micro().high(), Estimate.wilson(new Score(0, 20)).high());
    }

    @Test
    void result_oneTask_hasItsOwnIntervalAsTheAverages() throws Exception {
        Benchmark one = Benchmark.on(mixed.items().subList(0, 1));
        var student = new AnsweringStudent(text -> "B", (text, answer) -> 0.0);
        BenchmarkResult result = BenchmarkResult.of(one, one.measure(student));
        assertThat(List.of(
                        result.micro(), result.macro(), result.macroOfChoices().orElseThrow()))
                .containsOnly(Estimate.wilson(new Score(0, 1)));
    }

    @Test
    void result_openTask_hasNoChanceAndStaysOutOfTheAverageOfChoices() throws Exception {
        var student = new AnsweringStudent(text -> "A", (text, answer) -> 0.0);
        BenchmarkResult result = BenchmarkResult.of(mixed, mixed.measure(student));
        assertThat(result.tasks().get("open"))
                .isEqualTo(
                        new BenchmarkResult.Task(0, 1, 0, 0, Estimate.wilson(new Score(0, 1)), OptionalDouble.empty()));
        assertThat(result.macroChance()).isEmpty();
        assertThat(result.macro().value()).isEqualTo(0.25);
        assertThat(result.macroOfChoices().orElseThrow().value()).isEqualTo(0.5);
    }

    @Test
    void result_itemBeyondTheContext_isCountedApartFromTheUnread() throws Exception {
        var student = new AnsweringStudent(text -> "", (text, answer) -> 0.0);
        Set<String> beyond = Set.of(mixed.items().get(0).instruction().id());
        Measurement measured = mixed.measure(student);
        assertThat(measured.tooLong()).isEmpty();
        BenchmarkResult result = BenchmarkResult.of(mixed, Measurement.of(measured.outcomes(), beyond));
        int unread = Objects.requireNonNull(
                        BenchmarkResult.of(mixed, measured).tasks().get("letters"))
                .unread();
        assertThat(result.tooLong()).isOne();
        assertThat(result.tasks().get("letters"))
                .extracting(BenchmarkResult.Task::unread, BenchmarkResult.Task::tooLong)
                .containsExactly(unread - 1, 1);
        assertThat(result.macroOfChoicesChance()).hasValue(0.5);
    }
}
