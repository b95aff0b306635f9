package dev.lion.student.training;

import dev.lion.LionException;

/** A training would not fit into this machine's memory; thrown before any of it is taken. */
public final class NotEnoughMemoryException extends LionException {
    private static final long serialVersionUID = 1L;

    NotEnoughMemoryException(String message) {
        super(message);
    }
}
