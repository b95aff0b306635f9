package dev.lion.data;

import dev.lion.LionException;

/** A file of seed instructions cannot be read; the message names the file, the faulty lines, and what was expected. */
public class SeedFileException extends LionException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the file. */
    public SeedFileException(String message) {
        super(message);
    }

    /** What is wrong with the file, and the cause. */
    public SeedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
