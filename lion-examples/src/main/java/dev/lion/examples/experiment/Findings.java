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
    private static final Measure AS_THE_SEEDS = new Measure(
            World.AS_THE_SEEDS,
            "puzzles as frequent as among the seeds",
            "the same items, each family weighted by its share of the seeds: what users with such seeds see");
    private static final Measure PUBLIC = new Measure(
            World.PUBLIC,
            "BIG-Bench Hard",
            "accuracy on the public items of the same families, which are longer than the seeds; mean of the families");

    private final Experiment experiment;
    private final List<Long> seeds;
    private final List<Measure> measures;

    /** Of an experiment that is to be run from these seeds. */
    Findings(Experiment experiment, List<Long> seeds, boolean hasPublicItems) {
        this.experiment = experiment;
        this.seeds = List.copyOf(seeds);
        this.measures = hasPublicItems ? List.of(PUZZLES, AS_THE_SEEDS, PUBLIC) : List.of(PUZZLES, AS_THE_SEEDS);
    }

    /** What the runs say that are done; only seeds that every trial has enter the comparisons and the claim. */
    ExperimentResult of(List<Run> runs, Map<String, String> provenance) {
        List<Arm> arms = experiment.trials().stream()
                .map(trial ->
                        new Arm(trial.id(), trial.arm().label(), trial.arm().description()))
                .toList();
        List<Run> complete = ofCompleteSeeds(runs);
        List<Comparison> comparisons = new ArrayList<>();
        measures.forEach(measure -> comparisons.addAll(experiment.comparisons(measure.id(), complete)));
        List<String> sentences = experiment.claim().of(arms, complete, comparisons);
        return new ExperimentResult(
                experiment.name(),
                experiment.question(),
                interim(runs.size()) + sentences.get(0),
                sentences.subList(1, sentences.size()),
                measures,
                arms,
                runs,
                comparisons,
                experiment.published(),
                experiment.notes(),
                settings(),
                provenance);
    }

    private List<Run> ofCompleteSeeds(List<Run> runs) {
        Map<Long, Long> done = runs.stream().collect(Collectors.groupingBy(Run::seed, Collectors.counting()));
        return runs.stream()
                .filter(run ->
                        done.getOrDefault(run.seed(), 0L) == experiment.trials().size())
                .toList();
    }

    private String interim(int done) {
        int planned = seeds.size() * experiment.trials().size();
        return done == planned ? "" : "Interim, " + done + " of " + planned + " runs: ";
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("seeds", seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        settings.put("comparisons made at once", Integer.toString(experiment.together()));
        experiment.trials().stream()
                .map(Trial::regime)
                .distinct()
                .forEach(regime -> settings.put("regime: " + regime.label(), regime.inWords()));
        settings.put("student", World.studentInWords());
        return settings;
    }
}
