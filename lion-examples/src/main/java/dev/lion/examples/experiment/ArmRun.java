package dev.lion.examples.experiment;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.examples.puzzle.PuzzleTeacher;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Run;
import dev.lion.role.StoppedException;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One trial from one seed: an ordinary run in a directory of its own, continued where it was left. */
final class ArmRun {
    private final Trial trial;
    private final Arm arm;
    private final Regime regime;
    private final long seed;

    ArmRun(Trial trial, long seed) {
        this.trial = trial;
        this.arm = trial.arm();
        this.regime = trial.regime();
        this.seed = seed;
    }

    /** The run's place below the experiments' folder; experiments that share an arm share its runs. */
    Path directory(Path experiments) {
        return experiments.resolve("runs").resolve(regime.id()).resolve(arm.id() + "-" + seed);
    }

    /**
     * Runs it to its end. Of a run that is complete it only checks that it was made under the same settings.
     *
     * @param stopping asks the loop to stop
     * @throws StoppedException when it was stopped
     */
    Run run(World world, Path experiments, Stopping stopping) throws Exception {
        try (var directory = RunDirectory.open(directory(experiments))) {
            distil(world, directory, stopping);
            return result(directory);
        }
    }

    private void distil(World world, RunDirectory directory, Stopping stopping) throws Exception {
        LoopConfig config = arm.config(regime, seed).build();
        try (var student = world.student()) {
            var builder = AdversarialLoop.builder()
                    .teacher(new PuzzleTeacher())
                    .referee(new FaultyReferee(arm.referee(), seed))
                    .generator(world.generator())
                    .student(student)
                    .evaluation(world.evaluation())
                    .acceptanceRules(List.of())
                    .config(config);
            world.settings().forEach(builder::setting);
            arm.settings().forEach(builder::setting);
            AdversarialLoop loop = builder.build();
            LoopResult result = stopping.during(() -> loop.run(world.seeds(), directory), loop::stop);
            if (result.status() == LoopResult.Status.STOPPED) {
                throw new StoppedException(result.reason() + " (the same command continues)");
            }
        }
    }

    private Run result(RunDirectory directory) {
        List<Point> points = new ArrayList<>();
        long answered = 0;
        long tokens = 0;
        Map<String, Double> shares = regime.shares(seed);
        for (IterationSummary summary : directory.summaries()) {
            boolean isNew = summary.iteration() == 0 || arm.choice() != Arm.Choice.SEEDS_AGAIN;
            answered += isNew ? summary.trainPool() : 0;
            tokens += summary.imitation().tokens();
            points.add(point(summary, answered, tokens, shares));
        }
        Duration time =
                directory.stageTimes().stream().map(stage -> stage.duration()).reduce(Duration.ZERO, Duration::plus);
        return new Run(trial.id(), seed, points, time.toMillis() / 1000.0);
    }

    private static Point point(IterationSummary summary, long answered, long tokens, Map<String, Double> shares) {
        Map<String, Map<String, Double>> tasks =
                summary.evaluation().map(ArmRun::bySet).orElseThrow();
        Map<String, Double> values = new LinkedHashMap<>();
        tasks.forEach((set, accuracies) -> values.put(
                set,
                accuracies.values().stream().mapToDouble(each -> each).average().orElseThrow()));
        values.put(
                World.AS_THE_SEEDS,
                Objects.requireNonNull(tasks.get(World.PUZZLES)).entrySet().stream()
                        .mapToDouble(task -> task.getValue() * shares.getOrDefault(task.getKey(), 0.0))
                        .sum());
        return new Point(
                summary.iteration(),
                answered,
                tokens,
                summary.discrimination().map(IterationSummary.Discrimination::hardShare),
                values,
                tasks);
    }

    private static Map<String, Map<String, Double>> bySet(EvaluationSummary summary) {
        Map<String, Map<String, Double>> sets = new LinkedHashMap<>();
        summary.tasks().forEach((name, score) -> put(sets, name, score));
        return sets;
    }

    private static void put(Map<String, Map<String, Double>> sets, String name, Score score) {
        int slash = name.indexOf('/');
        sets.computeIfAbsent(name.substring(0, slash), set -> new LinkedHashMap<>())
                .put(name.substring(slash + 1), score.accuracy());
    }
}
