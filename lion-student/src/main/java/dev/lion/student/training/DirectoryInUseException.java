package dev.lion.student.training;

import dev.lion.LionException;

/** Another training keeps its progress in the same directory at this moment. Nothing was changed. */
public final class DirectoryInUseException extends LionException {
    private static final long serialVersionUID = 1L;

    DirectoryInUseException(String message) {
        super(message);
    }
}
