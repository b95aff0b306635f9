package dev.lion.evaluation;

import dev.lion.LionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of evaluation items cannot be read; the message names file, entry and field. */
public class EvaluationFileException extends LionException {
    private static final long serialVersionUID = 1L;

    EvaluationFileException(String message) {
        super(message);
    }

    EvaluationFileException(String message, Throwable cause) {
        super(message, cause);
    }

    static EvaluationFileException unreadable(Path file, IOException failure) {
        String reason = Files.notExists(file)
                ? "does not exist"
                : Files.isDirectory(file) ? "is a directory, not a file" : "cannot be read: " + failure.getMessage();
        return new EvaluationFileException(file + ": " + reason, failure);
    }
}
