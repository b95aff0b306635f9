package dev.lion.evaluation;

import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.ItemOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What a student is worth on a benchmark (paper, section 4), with 95 % intervals: Wilson's for a task, the stratified
 * bootstrap's for the averages over several tasks.
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
     * The result of outcomes.
     *
     * @param outcomes of all items of the benchmark, in its order
     * @param seed of the bootstrap
     */
    public static BenchmarkResult of(Benchmark benchmark, List<ItemOutcome> outcomes, long seed) {
        return of(benchmark, outcomes, Set.of(), seed);
    }

    /**
     * The result of outcomes, some of items that did not fit.
     *
     * @param outcomes of all items of the benchmark, in its order
     * @param tooLong ids of the instructions that fill the student's context by themselves
     * @param seed of the bootstrap
     */
    public static BenchmarkResult of(Benchmark benchmark, List<ItemOutcome> outcomes, Set<String> tooLong, long seed) {
        Map<String, List<Asked>> byTask = byTask(benchmark.items(), outcomes);
        Map<String, Task> tasks = new LinkedHashMap<>();
        byTask.forEach((name, asked) -> tasks.put(name, task(asked, tooLong)));
        List<List<Boolean>> strata =
                byTask.values().stream().map(BenchmarkResult::rights).toList();
        List<List<Boolean>> choices = byTask.entrySet().stream()
                .filter(task -> Objects.requireNonNull(tasks.get(task.getKey()))
                        .chance()
                        .isPresent())
                .map(task -> rights(task.getValue()))
                .toList();
        return new BenchmarkResult(
                tasks,
                average(strata, BenchmarkResult::micro, seed),
                average(strata, BenchmarkResult::macro, seed),
                choices.isEmpty() ? Optional.empty() : Optional.of(average(choices, BenchmarkResult::macro, seed)),
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

    // a bootstrap of one task would be narrower than the task's own interval
    private static Estimate average(List<List<Boolean>> tasks, ToDoubleFunction<List<List<Boolean>>> mean, long seed) {
        return tasks.size() == 1
                ? Estimate.wilson(new Score(
                        Collections.frequency(tasks.get(0), true), tasks.get(0).size()))
                : Bootstrap.of(tasks, mean, seed);
    }

    private static List<Boolean> rights(List<Asked> asked) {
        return asked.stream().map(each -> each.outcome().right()).toList();
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

    private static double micro(List<List<Boolean>> tasks) {
        int right = 0;
        int all = 0;
        for (List<Boolean> task : tasks) {
            right += Collections.frequency(task, true);
            all += task.size();
        }
        return (double) right / all;
    }

    private static double macro(List<List<Boolean>> tasks) {
        return tasks.stream()
                .mapToDouble(task -> (double) Collections.frequency(task, true) / task.size())
                .average()
                .orElseThrow();
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
