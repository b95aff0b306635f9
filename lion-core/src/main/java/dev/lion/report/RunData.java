package dev.lion.report;

import dev.lion.LionException;
import dev.lion.report.ReportData.Setting;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes what the page shows from a run's files. */
final class RunData {
    private static final String HARD_GAP = "hardGap";
    /** The threshold of the paper, for runs whose manifest does not say. */
    private static final String PAPERS_HARD_GAP = "1.0";

    private RunData() {}

    static ReportData of(RunDirectory run) {
        RunManifest manifest = run.manifest();
        List<IterationSummary> summaries = run.summaries();
        List<Integer> finished =
                summaries.stream().map(IterationSummary::iteration).toList();
        return new ReportData(
                name(run.path()),
                run.iterations().stream()
                        .mapToInt(Integer::intValue)
                        .filter(iteration -> !finished.contains(iteration))
                        .max(),
                hardGap(manifest),
                settings(manifest),
                summaries,
                run.stageTimes(),
                run.spending(),
                run.instructions(),
                run.teacherAnswers(),
                run::judgements,
                run::studentAnswers);
    }

    private static String name(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? path.toString() : last.toString();
    }

    private static double hardGap(RunManifest manifest) {
        String value = manifest.configuration().getOrDefault(HARD_GAP, PAPERS_HARD_GAP);
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new LionException("run.json: configuration." + HARD_GAP + " must be a number, but is " + value, e);
        }
    }

    private static List<Setting> settings(RunManifest manifest) {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("seed", Long.toString(manifest.seed())));
        settings.add(new Setting(
                "seed instructions", Figures.count(manifest.seedPool().instructions())));
        settings.add(new Setting("seed fingerprint", manifest.seedPool().fingerprint()));
        manifest.configuration().forEach((name, value) -> settings.add(new Setting(name, value)));
        manifest.settings().forEach((name, value) -> settings.add(new Setting(name, value)));
        return settings;
    }
}
