package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import dev.lion.student.cascade.StudentFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final String STUDENTS = "student";

    CardRun {
        settings = Map.copyOf(settings);
        summaries = List.copyOf(summaries);
    }

    /** The directory of the run that a student lies in: {@code RUN/student/iteration-K}. */
    static Optional<Path> around(Path student) throws IOException {
        Path folder = student.toRealPath();
        return Optional.ofNullable(folder.getParent())
                .filter(parent -> parent.endsWith(STUDENTS))
                .map(Path::getParent)
                .filter(run -> iterationOf(folder).isPresent() && Files.isRegularFile(run.resolve(MANIFEST)));
    }

    /**
     * What a run says of one of its students, or of a copy of one.
     *
     * @throws LionException when there is no run, or it did not make the student
     */
    static CardRun read(Path directory, Path student) throws IOException {
        try (var run = RunDirectory.read(directory)) {
            var manifest = run.manifest();
            int last = iteration(directory, student);
            return new CardRun(
                    lastPart(directory.toAbsolutePath().normalize().toString()).orElse("without a name"),
                    manifest.seed(),
                    manifest.seedPool().instructions(),
                    manifest.settings(),
                    run.summaries().stream()
                            .filter(one -> one.iteration() <= last)
                            .toList());
        }
    }

    private static int iteration(Path directory, Path student) throws IOException {
        Path run = directory.toRealPath();
        Optional<Path> found = around(student).filter(run::equals).isPresent()
                ? Optional.of(student.toRealPath())
                : copied(run, student);
        return found.map(CardRun::iterationOf)
                .orElse(OptionalInt.empty())
                .orElseThrow(
                        () -> new LionException("the run in " + directory + " did not make the student in " + student
                                + ": it is none of the run's students and no copy of one, so the run's figures are not its own;"
                                + " name the run that made it, or leave out --run for a card without figures"));
    }

    /** The student of the run that a folder is a copy of. */
    private static Optional<Path> copied(Path run, Path student) throws IOException {
        Path students = run.resolve(STUDENTS);
        if (!Files.isDirectory(students)) {
            return Optional.empty();
        }
        String wanted = StudentFingerprint.of(student);
        try (var folders =
                Files.newDirectoryStream(students, one -> iterationOf(one).isPresent())) {
            for (Path folder : folders) {
                if (StudentFingerprint.of(folder).equals(wanted)) {
                    return Optional.of(folder);
                }
            }
        }
        return Optional.empty();
    }

    private static OptionalInt iterationOf(Path student) {
        String name = String.valueOf(student.getFileName());
        return name.matches("iteration-\\d{1,6}")
                ? OptionalInt.of(Integer.parseInt(name.substring("iteration-".length())))
                : OptionalInt.empty();
    }

    /** The teacher's name, with its provider's where that is known. */
    Optional<String> teacher() {
        Optional<String> provider = setting("teacher.provider");
        return setting("teacher.model")
                .map(name -> provider.map(of -> name + " of " + of).orElse(name));
    }

    /** Adversarial iterations that made the student; the first imitation is none. */
    int adversarialIterations() {
        return Math.max(0, summaries.size() - 1);
    }

    /** Whether the student's accuracy was measured. */
    boolean isMeasured() {
        return summaries.stream().anyMatch(one -> one.evaluation().isPresent());
    }

    /** A blank setting says nothing. */
    private Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name)).filter(value -> !value.isBlank());
    }

    boolean isFromScratch() {
        return isOfPuzzles() || "from scratch".equals(settings.get("student"));
    }

    /** What the student was before the run: a model's folder or name. */
    Optional<String> base() {
        return setting("student").filter(name -> !name.equals("from scratch")).flatMap(CardRun::lastPart);
    }

    /** The last name of a path, which may come from another system; empty where there is none. */
    private static Optional<String> lastPart(String path) {
        String[] parts = path.split("[/\\\\]");
        return Arrays.stream(parts)
                .skip(Math.max(0, parts.length - 1))
                .filter(part -> !part.isBlank() && !part.matches("\\.{1,2}|.*\\p{Cntrl}.*"))
                .findFirst();
    }

    boolean isOfPuzzles() {
        return settings.containsKey("quickstart.epochs");
    }

    /** The figures, a row of Markdown for each iteration; empty when no iteration is finished. */
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
