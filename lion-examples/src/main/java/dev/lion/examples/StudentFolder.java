package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The option that names a student: its folder, or a run whose latest student is meant. */
final class StudentFolder {
    @Option(
            names = "--student",
            required = true,
            paramLabel = "DIR",
            description =
                    "a student's folder (config.json, model.safetensors, tokenizer.json, ...), or a run's directory")
    private Path directory = Path.of("");

    /** The folder with the weights. */
    Path resolve() {
        return resolve(directory);
    }

    /** What a student is called, by the folder that was named or by its run, where it is a run's. */
    String name() {
        return name(directory);
    }

    /** What the student in a folder is called: as its run, where it is one of a run's, else as the folder. */
    static String name(Path directory) {
        Path folder = directory.toAbsolutePath().normalize();
        Path students = folder.getParent();
        Path run = students == null ? null : students.getParent();
        Path named = run != null && Files.exists(run.resolve("run.json")) ? run : folder;
        return named.getFileName() == null ? "student" : named.getFileName().toString();
    }

    /** The run that a directory is, or whose students it holds, or one of whose students it is. */
    static Optional<Path> run(Path directory) {
        Path folder = directory.toAbsolutePath().normalize();
        return Stream.of("", "..", "../..")
                .map(up -> folder.resolve(up).normalize())
                .filter(run -> folder.equals(run) || folder.startsWith(run.resolve("student")))
                .filter(run -> Files.exists(run.resolve("run.json")))
                .findFirst();
    }

    /** The folder with the weights, of a student's folder or a run's directory. */
    static Path resolve(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new LionException("there is no student in " + directory + ": it is not a directory");
        }
        Optional<Path> of = run(directory);
        if (of.isEmpty() || Files.exists(directory.resolve("config.json"))) {
            return directory;
        }
        try (var run = RunDirectory.read(of.get())) {
            return run.student()
                    .orElseThrow(() -> new LionException(
                            "the run in " + of.get() + " has no student yet: its first imitation is not finished"));
        }
    }
}
