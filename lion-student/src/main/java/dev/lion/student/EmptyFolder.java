package dev.lion.student;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is filled as a whole or stays empty. */
final class EmptyFolder {
    private EmptyFolder() {}

    /** What fills a folder. */
    @FunctionalInterface
    interface Filling<T> {
        T fill() throws IOException;
    }

    /** Runs the filling; when it fails, a folder that was empty is emptied again. */
    static <T> T fill(Path folder, Filling<T> filling) throws IOException {
        boolean empty = isEmpty(folder);
        try {
            return filling.fill();
        } catch (IOException | RuntimeException e) {
            if (empty) {
                empty(folder, e);
            }
            throw e;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void empty(Path folder, Exception failure) {
        try {
            MoreFiles.deleteDirectoryContents(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
