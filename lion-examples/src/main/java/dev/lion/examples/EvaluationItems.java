package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.data.Instruction;
import dev.lion.evaluation.BenchmarkItem;
import dev.lion.evaluation.Contamination;
import dev.lion.evaluation.OpenQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is measured: what was given, without what is near to what the student was trained on.
 *
 * @param benchmarks items by benchmark
 * @param questions open questions
 * @param leftOut by benchmark and task, how many items the tasks have that are left out as a whole
 * @param seen what is near; empty when it is not known what the student was trained on
 * @param near what became of what is near, in words
 */
record EvaluationItems(
        Map<String, List<BenchmarkItem>> benchmarks,
        List<OpenQuestion> questions,
        Map<String, Map<String, Integer>> leftOut,
        Optional<Contamination> seen,
        String near) {
    /** @throws LionException when nothing is left, or a file is not what it should be */
    static EvaluationItems of(BenchmarkOptions options, QuestionOptions asked, Optional<Path> student) {
        Map<String, List<BenchmarkItem>> all = options.items();
        List<OpenQuestion> questions = asked.read();
        Optional<Contamination> seen = options.contamination(instructions(all, questions), student);
        if (seen.isEmpty()) {
            return new EvaluationItems(all, questions, Map.of(), seen, "not checked");
        }
        Map<String, List<BenchmarkItem>> left = new LinkedHashMap<>(all);
        left.replaceAll((name, items) -> unseen(seen.get(), items, BenchmarkItem::instruction, options.keepsNear()));
        List<OpenQuestion> unseen = unseen(seen.get(), questions, OpenQuestion::instruction, options.keepsNear());
        if (unseen.isEmpty() && left.values().stream().allMatch(List::isEmpty)) {
            throw nothingLeft(seen.get(), options.keepsNear());
        }
        String near = options.keepsNear() ? "left out where word for word the same" : "left out";
        return new EvaluationItems(left, unseen, leftOut(all, left), seen, near);
    }

    private static <T> List<T> unseen(
            Contamination seen, List<T> of, Function<T, Instruction> instruction, boolean keepsNear) {
        return keepsNear ? seen.withoutSame(of, instruction) : seen.without(of, instruction);
    }

    private static LionException nothingLeft(Contamination seen, boolean keepsNear) {
        return new LionException(
                keepsNear
                        ? "nothing is left to measure: the student was trained on every item, word for word"
                        : "nothing is left to measure: every item has a ROUGE-L score of " + seen.leastScore()
                                + " or more with an instruction that the student was trained on (" + seen.same()
                                + " of "
                                + seen.items()
                                + " are the same, word for word); where all follow one pattern and differ in"
                                + " what is asked, measure with --keep-near, or choose another --near");
    }

    private static List<Instruction> instructions(
            Map<String, List<BenchmarkItem>> benchmarks, List<OpenQuestion> questions) {
        List<Instruction> all = new ArrayList<>();
        benchmarks.values().forEach(items -> items.forEach(item -> all.add(item.instruction())));
        questions.forEach(question -> all.add(question.instruction()));
        return all;
    }

    private static Map<String, Map<String, Integer>> leftOut(
            Map<String, List<BenchmarkItem>> all, Map<String, List<BenchmarkItem>> left) {
        Map<String, Map<String, Integer>> whole = new LinkedHashMap<>();
        all.forEach((name, items) -> {
            Map<String, Integer> tasks = new LinkedHashMap<>();
            items.forEach(item -> tasks.merge(item.task(), 1, Integer::sum));
            left.getOrDefault(name, List.of()).forEach(item -> tasks.remove(item.task()));
            whole.put(name, tasks);
        });
        return whole;
    }
}
