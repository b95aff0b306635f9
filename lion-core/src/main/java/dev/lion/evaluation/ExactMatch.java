package dev.lion.evaluation;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.Instruction;
import dev.lion.role.Student;
import java.util.List;
import java.util.Objects;

/**
 * Counts an answer as right when, blanks around it stripped, it equals the target: a {@link Benchmark} whose items all go by
 * {@link AnswerRule#wholeText()}. Immutable.
 */
public final class ExactMatch implements Evaluation {
    private final List<Item> items;

    private ExactMatch(List<Item> items) {
        this.items = items;
    }

    /**
     * A question with its answer.
     *
     * @param task under which name it is counted
     * @param instruction what the student is asked
     * @param target the right answer
     */
    public record Item(String task, Instruction instruction, String target) {
        public Item {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(instruction, "instruction");
            Objects.requireNonNull(target, "target");
        }

        private BenchmarkItem question() {
            return new BenchmarkItem(task, instruction, AnswerRule.wholeText(), target);
        }
    }

    /** An evaluation on these items, at least one; tasks are reported in the order in which they first appear. */
    public static ExactMatch on(List<Item> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("an evaluation needs at least one item");
        }
        return new ExactMatch(List.copyOf(items));
    }

    /** The items, in order. */
    public List<Item> items() {
        return items;
    }

    @Override
    public EvaluationSummary evaluate(Student student) throws Exception {
        return measure(student).summary();
    }

    @Override
    public Measurement measure(Student student) throws Exception {
        return Benchmark.on(items.stream().map(Item::question).toList()).measure(student);
    }
}
