package dev.lion.examples;

import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run's files say of its student.
 *
 * @param name of the run's directory
 * @param seed of all randomness
 * @param seeds seed instructions
 * @param settings of the command that began the run
 * @param summaries of the finished iterations that made the student
 */
record CardRun(String name, long seed, int seeds, Map<String, String> settings, List<IterationSummary> summaries) {
    private static final String MANIFEST = "run.json";

    CardRun {
        settings = Map.copyOf(settings);
        summaries = List.copyOf(summaries);
    }

    /** The directory of the run that a student lies in: {@code RUN/student/iteration-K}, or the run itself. */
    static Optional<Path> around(Path student) {
        Path folder = student.toAbsolutePath().normalize();
        for (int i = 0; i < 3 && folder != null; i++) {
            if (Files.isRegularFile(folder.resolve(MANIFEST))) {
                return Optional.of(folder);
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    /** What a run says of the student in a folder, which may be one of the run's iterations. */
    static CardRun read(Path directory, Path student) {
        try (var run = RunDirectory.read(directory)) {
            var manifest = run.manifest();
            OptionalInt last = iterationOf(student);
            return new CardRun(
                    String.valueOf(directory.toAbsolutePath().normalize().getFileName()),
                    manifest.seed(),
                    manifest.seedPool().instructions(),
                    manifest.settings(),
                    run.summaries().stream()
                            .filter(one -> one.iteration() <= last.orElse(Integer.MAX_VALUE))
                            .toList());
        }
    }

    private static OptionalInt iterationOf(Path student) {
        String name = String.valueOf(student.toAbsolutePath().normalize().getFileName());
        return name.matches("iteration-\\d{1,6}")
                ? OptionalInt.of(Integer.parseInt(name.substring("iteration-".length())))
                : OptionalInt.empty();
    }

    /** The teacher's name, with its provider's where that is known. */
    Optional<String> teacher() {
        Optional<String> model = Optional.ofNullable(settings.get("teacher.model"));
        Optional<String> provider = Optional.ofNullable(settings.get("teacher.provider"));
        return model.map(name -> provider.map(of -> name + " of " + of).orElse(name));
    }

    boolean isFromScratch() {
        return isOfPuzzles() || "from scratch".equals(settings.get("student"));
    }

    /** What the student was before the run: a model's folder or name. */
    Optional<String> base() {
        return Optional.ofNullable(settings.get("student"))
                .filter(name -> !name.equals("from scratch"))
                .map(name -> String.valueOf(Path.of(name).getFileName()));
    }

    boolean isOfPuzzles() {
        return settings.containsKey("quickstart.epochs");
    }

    /** The figures, a row of Markdown for each iteration; empty when nothing was evaluated or judged. */
    List<String> figures() {
        var rows = new ArrayList<String>();
        for (IterationSummary summary : summaries) {
            String accuracy = summary.evaluation()
                    .map(found -> percent(found.overall().accuracy()) + " of "
                            + found.overall().total())
                    .orElse("–");
            String gap = summary.discrimination()
                    .map(found -> String.format(Locale.ROOT, "%.2f", found.gap()))
                    .orElse("–");
            String hard = summary.discrimination()
                    .map(found -> percent(found.hardShare()))
                    .orElse("–");
            rows.add("| " + summary.iteration() + " | " + summary.trainPool() + " | "
                    + summary.imitation().examples() + " | " + accuracy + " | " + gap + " | " + hard + " |");
        }
        return rows;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
