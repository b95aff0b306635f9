package dev.lion.evaluation;

import com.google.common.collect.Lists;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.data.EvaluationSummary;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.ItemOutcome;
import dev.lion.data.Response;
import dev.lion.role.Candidates;
import dev.lion.role.ScoringStudent;
import dev.lion.role.Student;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Multiple choice and exact match, zero-shot (paper, section 4): the student is asked each item, and each item's rule says
 * what counts of the answer. By default the student writes its answers; {@link #byLikelihood()} asks which choice it finds
 * likeliest. Immutable; the student decides how many threads may use it.
 *
 * <pre>{@code
 * Benchmark benchmark = Benchmark.on(BigBenchHard.questions(Path.of("bbh")));
 * BenchmarkResult result = BenchmarkResult.of(benchmark, benchmark.measure(student));
 * }</pre>
 */
public final class Benchmark implements Evaluation {
    private static final int BATCH = 64;

    private final List<BenchmarkItem> items;
    private final boolean byLikelihood;

    private Benchmark(List<BenchmarkItem> items, boolean byLikelihood) {
        this.items = items;
        this.byLikelihood = byLikelihood;
    }

    /** A benchmark of these items, at least one; tasks are reported in the order in which they first appear. */
    public static Benchmark on(List<BenchmarkItem> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("an evaluation needs at least one item");
        }
        return new Benchmark(List.copyOf(items), false);
    }

    /**
     * The same items, of which those with choices are answered by the choice that the student finds likeliest, the first of
     * equally likely ones: a {@link ScoringStudent} is needed. What is likely is the choice alone with the end of the answer
     * after it, so that choices of different lengths need no correction. The student writes its answers to the others.
     */
    public Benchmark byLikelihood() {
        return new Benchmark(items, true);
    }

    /** The items, in order. */
    public List<BenchmarkItem> items() {
        return items;
    }

    /** Whether the likeliest choice counts, rather than what the student writes. */
    public boolean isByLikelihood() {
        return byLikelihood;
    }

    /** Hexadecimal digits that depend on the items, their order and how they are asked: what a run's manifest holds of it. */
    public String fingerprint() {
        Hasher hasher = Hashing.sha256().newHasher().putBoolean(byLikelihood);
        for (BenchmarkItem item : items) {
            for (String part :
                    List.of(item.task(), item.instruction().id(), item.rule().toString(), item.target())) {
                hasher.putString(part, StandardCharsets.UTF_8).putByte((byte) 0);
            }
        }
        return hasher.hash().toString().substring(0, 16);
    }

    @Override
    public EvaluationSummary evaluate(Student student) throws Exception {
        return measure(student).summary();
    }

    /** @throws IllegalArgumentException when likelihoods are wanted of a student that has none */
    @Override
    public Measurement measure(Student student) throws Exception {
        List<ItemOutcome> outcomes = new ArrayList<>();
        Set<String> tooLong = new HashSet<>();
        for (List<BenchmarkItem> batch : Lists.partition(items, BATCH)) {
            List<Optional<String>> answers = byLikelihood ? choices(scoring(student), batch) : written(student, batch);
            for (int i = 0; i < batch.size(); i++) {
                outcomes.add(outcome(batch.get(i), answers.get(i).orElse("")));
                if (answers.get(i).isEmpty()) {
                    tooLong.add(batch.get(i).instruction().id());
                }
            }
        }
        return Measurement.of(outcomes, tooLong);
    }

    private static ItemOutcome outcome(BenchmarkItem item, String answer) {
        return new ItemOutcome(item.task(), item.instruction().id(), answer, item.isRight(answer));
    }

    private static ScoringStudent scoring(Student student) {
        if (student instanceof ScoringStudent scoring) {
            return scoring;
        }
        throw new IllegalArgumentException(
                "this student does not say how likely an answer is (it is no ScoringStudent); let it write its answers");
    }

    private static List<Optional<String>> choices(ScoringStudent student, List<BenchmarkItem> batch) throws Exception {
        Map<Boolean, List<BenchmarkItem>> byChoice = batch.stream()
                .collect(
                        Collectors.partitioningBy(item -> !item.rule().choices().isEmpty()));
        Iterator<Optional<String>> chosen =
                likeliest(student, byChoice.getOrDefault(true, List.of())).iterator();
        Iterator<Optional<String>> written =
                written(student, byChoice.getOrDefault(false, List.of())).iterator();
        return batch.stream()
                .map(item -> item.rule().choices().isEmpty() ? written.next() : chosen.next())
                .toList();
    }

    private static List<Optional<String>> likeliest(ScoringStudent student, List<BenchmarkItem> items)
            throws Exception {
        List<Candidates> asked = items.stream()
                .map(item -> new Candidates(item.instruction(), item.rule().choices()))
                .toList();
        List<List<Double>> scores = asked.isEmpty() ? List.of() : student.scores(asked);
        requireOneEach("lists of scores", scores.size(), "lists of answers", asked.size());
        List<Optional<String>> chosen = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            chosen.add(likeliest(asked.get(i).answers(), scores.get(i)));
        }
        return chosen;
    }

    private static Optional<String> likeliest(List<String> answers, List<Double> scores) {
        requireOneEach("scores", scores.size(), "answers", answers.size());
        double highest = scores.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return highest == Double.NEGATIVE_INFINITY
                ? Optional.empty()
                : Optional.of(answers.get(scores.indexOf(highest)));
    }

    private static List<Optional<String>> written(Student student, List<BenchmarkItem> batch) throws Exception {
        List<Instruction> asked = batch.stream().map(BenchmarkItem::instruction).toList();
        List<Response> responses = asked.isEmpty() ? List.of() : student.answer(asked);
        requireOneEach("responses", responses.size(), "instructions", asked.size());
        return responses.stream().map(Benchmark::text).toList();
    }

    // an empty answer that was cut is one that there was no room for
    private static Optional<String> text(Response response) {
        boolean noRoom = response.text().isEmpty() && response.finishReason() == FinishReason.LENGTH;
        return noRoom ? Optional.empty() : Optional.of(response.text());
    }

    private static void requireOneEach(String what, int given, String of, int wanted) {
        if (given != wanted) {
            throw new IllegalStateException("the student returned " + given + " " + what + " to " + wanted + " " + of
                    + "; it must return one for each, in order");
        }
    }
}
