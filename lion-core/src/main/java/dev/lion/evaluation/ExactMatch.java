package dev.lion.evaluation;

import com.google.common.collect.Lists;
import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts an answer as right when, blanks around it stripped, it equals the target. Immutable. */
public final class ExactMatch implements Evaluation {
    private static final int BATCH = 64;

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

        private boolean isAnsweredBy(Response response) {
            return response.text().strip().equals(target.strip());
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
        Map<String, Score> tasks = new LinkedHashMap<>();
        for (List<Item> batch : Lists.partition(items, BATCH)) {
            List<Response> responses = answer(student, batch);
            for (int i = 0; i < batch.size(); i++) {
                int correct = batch.get(i).isAnsweredBy(responses.get(i)) ? 1 : 0;
                tasks.merge(
                        batch.get(i).task(),
                        new Score(correct, 1),
                        (a, b) -> new Score(a.correct() + b.correct(), a.total() + b.total()));
            }
        }
        return new EvaluationSummary(tasks);
    }

    private static List<Response> answer(Student student, List<Item> batch) throws Exception {
        List<Response> responses =
                student.answer(batch.stream().map(Item::instruction).toList());
        if (responses.size() != batch.size()) {
            throw new IllegalStateException("the student returned " + responses.size() + " responses to " + batch.size()
                    + " instructions; it must return one for each, in order");
        }
        return responses;
    }
}
