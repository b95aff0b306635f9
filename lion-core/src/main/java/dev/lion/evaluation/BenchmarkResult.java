package dev.lion.evaluation;

import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.ItemOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a student is worth on a benchmark (paper, section 4), with 95 % intervals: Wilson's for a task and for all items
 * together; for a mean of tasks the distances to the ends of theirs, squared and added.
 *
 * @param tasks in the order of the benchmark
 * @param micro share of right answers over all items
 * @param macro mean of the tasks' accuracies
 * @param macroOfChoices the same over the tasks with a choice alone, of which the paper's BIG-Bench Hard consists; empty when
 *     there is none
 * @param microChance what choosing at random brings over all items; empty when that is not known of every task
 * @param macroChance the same, every task counting the same
 * @param byLikelihood whether the likeliest choice counted, rather than what the student wrote
 */
public record BenchmarkResult(
        Map<String, Task> tasks,
        Estimate micro,
        Estimate macro,
        Optional<Estimate> macroOfChoices,
        OptionalDouble microChance,
        OptionalDouble macroChance,
        boolean byLikelihood) {
    public BenchmarkResult {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    }

    /**
     * One task.
     *
     * @param correct items answered right
     * @param total items asked
     * @param unread items whose answer held none of the choices; they count as wrong
     * @param tooLong items that were not asked, as they fill the student's context by themselves; they count as wrong, and
     *     are not among the unread
     * @param accuracy share of right answers
     * @param chance what choosing at random brings; empty where no item has choices, and an item without any counts as 0
     */
    public record Task(int correct, int total, int unread, int tooLong, Estimate accuracy, OptionalDouble chance) {}

    /** An item with what became of it. */
    private record Asked(BenchmarkItem item, ItemOutcome outcome) {}

    /**
     * The result of a measurement.
     *
     * @param measurement with the outcomes of all items of the benchmark, in its order
     */
    public static BenchmarkResult of(Benchmark benchmark, Measurement measurement) {
        Map<String, List<Asked>> byTask = byTask(benchmark.items(), measurement.outcomes());
        Map<String, Task> tasks = new LinkedHashMap<>();
        byTask.forEach((name, asked) -> tasks.put(name, task(asked, measurement.tooLong())));
        List<Task> choices = tasks.values().stream()
                .filter(task -> task.chance().isPresent())
                .toList();
        return new BenchmarkResult(
                tasks,
                micro(tasks.values()),
                macro(tasks.values()),
                choices.isEmpty() ? Optional.empty() : Optional.of(macro(choices)),
                microChance(tasks.values()),
                mean(tasks.values().stream().map(Task::chance).toList()),
                benchmark.isByLikelihood());
    }

    private static Map<String, List<Asked>> byTask(List<BenchmarkItem> items, List<ItemOutcome> outcomes) {
        if (outcomes.size() != items.size()) {
            throw new IllegalArgumentException(
                    "there are " + outcomes.size() + " outcomes of " + items.size() + " items");
        }
        Map<String, List<Asked>> byTask = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            BenchmarkItem item = items.get(i);
            if (!item.instruction().id().equals(outcomes.get(i).id())) {
                throw new IllegalArgumentException("outcome " + (i + 1) + " is not that of item " + (i + 1));
            }
            byTask.computeIfAbsent(item.task(), name -> new ArrayList<>()).add(new Asked(item, outcomes.get(i)));
        }
        return byTask;
    }

    private static Task task(List<Asked> asked, Set<String> tooLong) {
        int correct =
                (int) asked.stream().filter(each -> each.outcome().right()).count();
        List<Asked> fitting = asked.stream()
                .filter(each -> !tooLong.contains(each.outcome().id()))
                .toList();
        int unread = (int) fitting.stream()
                .filter(each -> each.item().rule().read(each.outcome().answer()).isEmpty())
                .count();
        return new Task(
                correct,
                asked.size(),
                unread,
                asked.size() - fitting.size(),
                Estimate.wilson(new Score(correct, asked.size())),
                chance(asked));
    }

    private static OptionalDouble chance(List<Asked> asked) {
        boolean open = asked.stream().allMatch(each -> each.item().chance().isEmpty());
        return open
                ? OptionalDouble.empty()
                : asked.stream()
                        .mapToDouble(each -> each.item().chance().orElse(0))
                        .average();
    }

    private static OptionalDouble microChance(Collection<Task> tasks) {
        int items = tasks.stream().mapToInt(Task::total).sum();
        return tasks.stream().allMatch(task -> task.chance().isPresent())
                ? OptionalDouble.of(tasks.stream()
                        .mapToDouble(task -> task.chance().getAsDouble() * task.total() / items)
                        .sum())
                : OptionalDouble.empty();
    }

    private static OptionalDouble mean(Collection<OptionalDouble> values) {
        return values.stream().allMatch(OptionalDouble::isPresent)
                ? values.stream().mapToDouble(OptionalDouble::getAsDouble).average()
                : OptionalDouble.empty();
    }

    private static Estimate micro(Collection<Task> tasks) {
        return Estimate.wilson(new Score(
                tasks.stream().mapToInt(Task::correct).sum(),
                tasks.stream().mapToInt(Task::total).sum()));
    }

    // as independent errors add up, each end by itself (the square-and-add of Zou and Donner 2008)
    private static Estimate macro(Collection<Task> tasks) {
        double value = 0;
        double below = 0;
        double above = 0;
        for (Task task : tasks) {
            Estimate its = task.accuracy();
            value += its.value();
            below += (its.value() - its.low()) * (its.value() - its.low());
            above += (its.high() - its.value()) * (its.high() - its.value());
        }
        int n = tasks.size();
        return new Estimate(value / n, (value - Math.sqrt(below)) / n, (value + Math.sqrt(above)) / n);
    }

    /** What choosing at random brings over the tasks with a choice, every one counting the same; empty when there is none. */
    public OptionalDouble macroOfChoicesChance() {
        return tasks.values().stream()
                .map(Task::chance)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
    }

    /** Items that fill the student's context by themselves, over all tasks. */
    public int tooLong() {
        return tasks.values().stream().mapToInt(Task::tooLong).sum();
    }

    /** Items asked, over all tasks. */
    public int items() {
        return tasks.values().stream().mapToInt(Task::total).sum();
    }
}
