package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.cost.Assumptions;
import dev.lion.cost.Budget;
import dev.lion.cost.BudgetExhaustedException;
import dev.lion.data.Amount;
import dev.lion.data.Instruction;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.Referee;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Teacher;
import dev.lion.role.UnusableRoleException;
import dev.lion.run.Journal;
import dev.lion.run.ManifestMismatchException;
import dev.lion.run.OrderedVerdict;
import dev.lion.run.RecordType;
import dev.lion.run.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelativeQualityTest {
    private static final List<OpenQuestion> QUESTIONS = IntStream.range(0, 6)
            .mapToObj(i -> new OpenQuestion("q" + i, i < 4 ? "math" : "prose", Instruction.of("Question " + i + "?")))
            .toList();

    @TempDir
    private Path temp;

    private final Queue<String> judged = new ConcurrentLinkedQueue<>();

    /** An answer is worth the number at its end; whatever is shown first gets one point more. */
    private final Referee byNumber = comparison -> {
        judged.add(comparison.first().text() + " | " + comparison.second().text());
        return Verdict.of(score(comparison.first()) + 1, score(comparison.second()));
    };

    private static int score(Response response) {
        return Integer.parseInt(response.text().replaceAll(".* ", ""));
    }

    private static Map<String, String> answers(String who, int... scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .collect(Collectors.toMap(i -> "q" + i, i -> who + " " + scores[i]));
    }

    private RelativeQuality.Builder comparison(Referee referee) {
        return RelativeQuality.builder(referee)
                .questions(QUESTIONS)
                .candidate(AnswerSource.given(answers("candidate", 6, 4, 8, 2, 5, 5)))
                .reference(AnswerSource.given(answers("reference", 4, 8, 8, 8, 5, 6)))
                .maxConcurrentCalls(3)
                .pause(Duration.ZERO);
    }

    private RelativeResult measure(RelativeQuality.Builder comparison, String directory) throws Exception {
        try (RunDirectory kept = RunDirectory.open(temp.resolve(directory))) {
            return comparison.build().measure(kept);
        }
    }

    @Test
    void measure_bothOrders_cancelsThePositionAndSumsByCategory() throws Exception {
        RelativeResult result = measure(comparison(byNumber), "run");
        assertThat(judged).hasSize(12).contains("reference 4 | candidate 6", "candidate 6 | reference 4");
        RelativeResult.Quality all = result.overall().orElseThrow();
        assertThat(all.relative().value()).isCloseTo((30 + 3.0) / (39 + 3.0), within(1e-12));
        assertThat(all.wins().value()).isEqualTo(1.0 / 6);
        assertThat(all.ties().value()).isEqualTo(2.0 / 6);
        assertThat(all.losses().value()).isEqualTo(3.0 / 6);
        assertThat(result.categories()).containsOnlyKeys("math", "prose");
        assertThat(result.firstPlaceAdvantage()).isCloseTo(1, within(1e-12));
        assertThat(result.flipped()).isEqualTo(2); // the two ties: whoever comes first is ahead
        assertThat(result.missing()).isEmpty();
    }

    @Test
    void measure_oneOrder_showsTheReferenceFirst() throws Exception {
        RelativeResult result = measure(comparison(byNumber).oneOrder(), "run");
        assertThat(judged).hasSize(6).allMatch(shown -> shown.startsWith("reference"));
        assertThat(result.overall().orElseThrow().relative().value()).isCloseTo(30.0 / 45, within(1e-12));
        assertThat(result.flipped()).isZero();
    }

    @Test
    void measure_missingVerdicts_countForNothingAndAreNamed() throws Exception {
        Referee silent = comparison -> switch (comparison.instruction().text()) {
            case "Question 1?" -> Verdict.abstain("cannot say");
            case "Question 2?" -> throw new IllegalStateException("broken");
            default -> byNumber.judge(comparison);
        };
        RelativeResult result = measure(comparison(silent), "run");
        assertThat(result.compared()).extracting(RelativeResult.Compared::id).containsExactly("q0", "q3", "q4", "q5");
        assertThat(result.missing())
                .containsExactly(
                        new RelativeResult.Missing("q1", "the referee abstained: cannot say"),
                        new RelativeResult.Missing("q2", "the referee failed: broken"));
        assertThat(result.overall().orElseThrow().relative().value()).isCloseTo(20.0 / 25, within(1e-12));
    }

    @Test
    void measure_passingFailuresAndAbstentions_areAskedAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Referee shaky = comparison -> switch (calls.getAndIncrement()) {
            case 0 -> throw new RetryableRoleException("busy");
            case 1 -> Verdict.abstain("not yet");
            default -> byNumber.judge(comparison);
        };
        assertThat(measure(comparison(shaky).maxConcurrentCalls(1), "run").missing())
                .isEmpty();
        assertThat(calls).hasValue(14);
    }

    @Test
    void measure_budgetReached_continuesUnderALargerOneAndPaysNothingTwice() throws Exception {
        AtomicInteger taught = new AtomicInteger();
        Teacher teacher = instruction -> {
            taught.incrementAndGet();
            return Response.of("reference " + (instruction.text().charAt(9) - '0' + 1));
        };
        RelativeQuality.Builder comparison = comparison(byNumber).reference(AnswerSource.of(teacher, "teacher"));
        assertThatThrownBy(() -> measure(comparison.budget(Budget.ofCalls(9)), "run"))
                .isInstanceOf(BudgetExhaustedException.class)
                .hasMessageContaining("run again with a larger budget to continue");
        assertThat(judged).hasSize(3);
        RelativeResult continued = measure(comparison.budget(Budget.ofCalls(18)), "run");
        assertThat(taught).hasValue(6);
        assertThat(judged).hasSize(12).doesNotHaveDuplicates();
        assertThat(continued).isEqualTo(measure(comparison.budget(Budget.unlimited()), "whole"));
    }

    @Test
    void measure_budgetEndsBehindAnAbstention_keepsTheAbstention() {
        Referee abstaining = comparison -> {
            judged.add("asked");
            return Verdict.abstain("not yet");
        };
        assertThatThrownBy(() ->
                        measure(comparison(abstaining).maxConcurrentCalls(1).budget(Budget.ofCalls(1)), "run"))
                .isInstanceOf(BudgetExhaustedException.class);
        assertThat(judged).hasSize(1);
        assertThat(verdicts("run")).singleElement().isInstanceOf(Verdict.Abstained.class);
    }

    private List<Verdict> verdicts(String directory) {
        try (RunDirectory kept = RunDirectory.open(temp.resolve(directory));
                Journal<OrderedVerdict> journal = kept.iteration(0).journal(RecordType.SINGLE_VERDICTS)) {
            return journal.recovered().stream().map(OrderedVerdict::verdict).toList();
        }
    }

    @Test
    void measure_interrupted_awaitsAndKeepsWhatIsUnderWayAndBeginsNothingElse() throws Exception {
        Thread measuring = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(2);
        Referee slow = comparison -> {
            judged.add("asked");
            begun.countDown();
            begun.await();
            measuring.interrupt();
            Thread.sleep(300);
            return Verdict.of(5, 6);
        };
        assertThatThrownBy(() -> measure(comparison(slow).maxConcurrentCalls(2), "run"))
                .isInstanceOf(InterruptedException.class);
        Thread.interrupted(); // the second interrupt may have come while the end was awaited
        assertThat(judged).hasSize(2);
        assertThat(verdicts("run")).hasSize(2).allMatch(Verdict.Scored.class::isInstance);
    }

    @Test
    void measure_refereeOfNoUse_endsAtOnce() {
        Referee refused = comparison -> {
            judged.add("asked");
            throw new UnusableRoleException("the key is refused");
        };
        assertThatThrownBy(() -> measure(comparison(refused).maxConcurrentCalls(1), "run"))
                .isInstanceOf(UnusableRoleException.class);
        assertThat(judged).hasSize(1);
    }

    @Test
    void measure_otherAnswersInTheSameDirectory_areRefused() throws Exception {
        measure(comparison(byNumber), "run");
        RelativeQuality.Builder other =
                comparison(byNumber).candidate(AnswerSource.given(answers("candidate", 1, 1, 1, 1, 1, 1)));
        assertThatThrownBy(() -> measure(other, "run"))
                .isInstanceOf(ManifestMismatchException.class)
                .hasMessageContaining("candidate");
    }

    @Test
    void measure_student_isAskedOnceAndItsAnswersAreKept() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        var student = new AnsweringStudent(
                text -> {
                    asked.incrementAndGet();
                    return "student 5";
                },
                (text, answer) -> 0.0);
        RelativeQuality.Builder comparison = comparison(byNumber).candidate(AnswerSource.of(student, "s"));
        RelativeResult first = measure(comparison, "run");
        assertThat(measure(comparison, "run")).isEqualTo(first);
        assertThat(asked).hasValue(6);
    }

    @Test
    void build_answersThatAreMissing_areNamed() {
        assertThatThrownBy(() -> comparison(byNumber)
                        .candidate(AnswerSource.given(answers("candidate", 1, 2)))
                        .build())
                .hasMessage("the answers of the candidate lack 4 of the 6 questions: q2, q3, q4, q5");
    }

    @Test
    void estimate_aBegunComparison_countsWhatIsLeft() throws Exception {
        Teacher teacher = instruction -> Response.of("reference 5");
        RelativeQuality.Builder comparison = comparison(byNumber).reference(AnswerSource.of(teacher, "teacher"));
        assertThat(calls(comparison, Optional.empty(), PaidRole.TEACHER)).isEqualTo(6);
        assertThat(calls(comparison, Optional.empty(), PaidRole.REFEREE)).isEqualTo(12);
        assertThatThrownBy(() -> measure(comparison.budget(Budget.ofCalls(9)), "run"))
                .isInstanceOf(BudgetExhaustedException.class);
        try (RunDirectory begun = RunDirectory.read(temp.resolve("run"))) {
            assertThat(calls(comparison, Optional.of(begun), PaidRole.TEACHER)).isZero();
            assertThat(calls(comparison, Optional.of(begun), PaidRole.REFEREE)).isEqualTo(9);
        }
    }

    private static long calls(RelativeQuality.Builder comparison, Optional<RunDirectory> begun, PaidRole role) {
        Amount expected =
                comparison.build().estimate(Assumptions.usual(), begun).expected(purpose -> purpose.role() == role);
        return expected.calls();
    }

    @Test
    void toJson_wholeReport_hasEveryPart() throws Exception {
        RelativeResult relative = measure(comparison(byNumber), "run");
        Benchmark benchmark =
                Benchmark.on(List.of(new BenchmarkItem("task", Instruction.of("1+1?"), AnswerRule.wholeText(), "2")));
        var student = new AnsweringStudent(text -> "2", (text, answer) -> 0.0);
        BenchmarkResult result = BenchmarkResult.of(benchmark, benchmark.measure(student));
        String json = new EvaluationReport(
                        Map.of("student", "\u0000<b>"), Map.of("bbh", result), Optional.empty(), Optional.of(relative))
                .toJson();
        assertThat(json)
                .contains(
                        "\"student\" : \"\\u0000<b>\"",
                        "\"bbh\"",
                        "\"accuracy\" : 1.0",
                        "\"relativeQuality\"",
                        "\"flipped\" : 2")
                .doesNotContain("contamination");
    }
}
