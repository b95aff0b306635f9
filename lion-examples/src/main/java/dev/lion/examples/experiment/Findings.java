package dev.lion.examples.experiment;

import dev.lion.report.ExperimentResult;
import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Measure;
import dev.lion.report.ExperimentResult.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the runs of an experiment together. */
final class Findings {
    private static final Measure PUZZLES = new Measure(
            World.PUZZLES,
            "held-out puzzles",
            "accuracy on puzzles of the seeds\u2019 size that are in no pool, mean of the families");
    private static final Measure PUBLIC = new Measure(
            World.PUBLIC,
            "BIG-Bench Hard",
            "accuracy on the public items of the same families, which are longer than the seeds; mean of the families");

    private final Experiment experiment;
    private final List<Measure> measures;

    Findings(Experiment experiment, boolean hasPublicItems) {
        this.experiment = experiment;
        this.measures = hasPublicItems ? List.of(PUZZLES, PUBLIC) : List.of(PUZZLES);
    }

    ExperimentResult of(List<Run> runs, List<Long> seeds, Map<String, String> provenance) {
        List<Arm> arms = experiment.trials().stream()
                .map(trial ->
                        new Arm(trial.id(), trial.arm().label(), trial.arm().description()))
                .toList();
        List<Comparison> comparisons = new ArrayList<>();
        measures.forEach(measure -> comparisons.addAll(experiment.comparisons(measure.id(), runs)));
        List<String> sentences = experiment.claim().of(arms, runs, comparisons);
        return new ExperimentResult(
                experiment.name(),
                experiment.question(),
                sentences.get(0),
                sentences.subList(1, sentences.size()),
                measures,
                arms,
                runs,
                comparisons,
                experiment.published(),
                experiment.notes(),
                settings(seeds),
                provenance);
    }

    private Map<String, String> settings(List<Long> seeds) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("seeds", seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        experiment.trials().stream()
                .map(Trial::regime)
                .distinct()
                .forEach(regime -> settings.put("regime: " + regime.label(), regime.inWords()));
        settings.put("student", World.studentInWords());
        return settings;
    }
}
