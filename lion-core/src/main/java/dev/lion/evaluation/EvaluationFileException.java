package dev.lion.evaluation;

import dev.lion.LionException;

/** A file of evaluation items cannot be read; the message names file, entry and field. */
public class EvaluationFileException extends LionException {
    private static final long serialVersionUID = 1L;

    EvaluationFileException(String message) {
        super(message);
    }

    EvaluationFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
