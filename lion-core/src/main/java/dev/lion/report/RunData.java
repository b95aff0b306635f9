package dev.lion.report;

import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.report.ReportData.Setting;
import dev.lion.run.Answer;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes what the page shows from a run's files. */
final class RunData {
    /** The rule of the paper, for runs whose manifest does not say. */
    private static final String PAPERS_HARD_RULE = "gap of 1.0 or more";

    private RunData() {}

    static ReportData of(RunDirectory run, Function<Instruction, Optional<String>> family) {
        RunManifest manifest = run.manifest();
        List<IterationSummary> summaries = run.summaries();
        List<Integer> finished =
                summaries.stream().map(IterationSummary::iteration).toList();
        Optional<String> earlyEnd = run.earlyEnd();
        return new ReportData(
                name(run.path()),
                run.iterations().stream()
                        .mapToInt(Integer::intValue)
                        .filter(iteration -> earlyEnd.isEmpty() && !finished.contains(iteration))
                        .max(),
                earlyEnd,
                run.missingFiles().stream().map(Path::toString).toList(),
                manifest.configuration().getOrDefault("hardRule", PAPERS_HARD_RULE),
                settings(manifest),
                summaries,
                run.stageTimes(),
                run.spending(),
                run.instructions(),
                new Texts(run),
                family);
    }

    private record Texts(RunDirectory run) implements RunTexts {
        @Override
        public void teacherAnswers(Consumer<Answer> visitor) {
            run.forEachTeacherAnswer(visitor);
        }

        @Override
        public void studentAnswers(int iteration, Consumer<Answer> visitor) {
            run.forEachStudentAnswer(iteration, visitor);
        }

        @Override
        public void judgements(int iteration, Consumer<Judgement> visitor) {
            run.forEachJudgement(iteration, visitor);
        }
    }

    private static String name(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? path.toString() : last.toString();
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
