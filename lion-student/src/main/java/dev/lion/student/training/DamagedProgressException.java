package dev.lion.student.training;

import dev.lion.LionException;

/** The file of an unfinished training cannot be gone on with. The message names it and says what to do. */
public final class DamagedProgressException extends LionException {
    private static final long serialVersionUID = 1L;

    DamagedProgressException(String message) {
        super(message);
    }
}
