package dev.lion.examples.experiment;

import dev.lion.evaluation.ExactMatch;
import dev.lion.report.ExperimentFile;
import dev.lion.report.ExperimentReport;
import dev.lion.report.ExperimentResult;
import dev.lion.report.ExperimentResult.Run;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Does the runs of an experiment one after another, seed by seed, so that what is there at any time compares all arms. The
 * results are written anew after each run.
 */
final class ExperimentRunner {
    private final Experiment experiment;
    private final List<Long> seeds;
    private final int heldOutPerFamily;
    private final List<ExactMatch.Item> publicItems;
    private final Path out;
    private final PrintStream console;
    private final Stopping stopping = new Stopping();

    ExperimentRunner(
            Experiment experiment,
            List<Long> seeds,
            int heldOutPerFamily,
            List<ExactMatch.Item> publicItems,
            Path out,
            PrintStream console) {
        this.experiment = experiment;
        this.seeds = List.copyOf(seeds);
        this.heldOutPerFamily = heldOutPerFamily;
        this.publicItems = List.copyOf(publicItems);
        this.out = out;
        this.console = console;
    }

    /** Ends the run under way soon, and begins no other; any thread. */
    void stop() {
        stopping.request();
    }

    /** The experiment's folder: {@code results.json} and {@code report.html}. */
    Path folder() {
        return out.resolve(experiment.name());
    }

    /** Does what is not done yet. */
    ExperimentResult run(Provenance provenance) throws Exception {
        Files.createDirectories(folder());
        List<Run> runs = new ArrayList<>();
        for (long seed : seeds) {
            for (Trial trial : experiment.trials()) {
                runs.add(run(trial, seed));
                write(runs, provenance);
            }
        }
        return write(runs, provenance);
    }

    private Run run(Trial trial, long seed) throws Exception {
        stopping.check();
        try (World world = new World(trial.regime(), seed, heldOutPerFamily, publicItems)) {
            Run run = new ArmRun(trial, seed).run(world, out, stopping);
            tell(trial, run);
            return run;
        }
    }

    private void tell(Trial trial, Run run) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "seed %-3d %-44s", run.seed(), trial.arm().label()));
        run.points()
                .forEach(point -> line.append(
                        String.format(Locale.ROOT, " %.3f", point.values().getOrDefault(World.PUZZLES, 0.0))));
        console.println(line.append(String.format(Locale.ROOT, "  %.0f s", run.seconds())));
        console.flush();
    }

    private ExperimentResult write(List<Run> runs, Provenance provenance) throws Exception {
        ExperimentResult result = new Findings(experiment, seeds, !publicItems.isEmpty()).of(runs, provenance.asMap());
        ExperimentFile.write(result, folder().resolve("results.json"));
        ExperimentReport.of(result).writeTo(folder().resolve("report.html"));
        return result;
    }
}
