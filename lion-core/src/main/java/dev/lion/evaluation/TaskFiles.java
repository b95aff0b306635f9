package dev.lion.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file of one task, called as the task is, or a folder of such files. */
final class TaskFiles {
    private TaskFiles() {}

    /** A file itself, or a folder's files with the suffix, in the order of their names. */
    static List<Path> of(Path path, String suffix) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new EvaluationFileException(path + ": holds no " + suffix + " file; give the folder of tasks");
            }
            return found;
        } catch (IOException e) {
            throw EvaluationFileException.unreadable(path, e);
        }
    }

    /** The name of the task in a file. */
    static String task(Path file, String suffix) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }
}
