package dev.lion.role;

import dev.lion.LionException;

/** Work ended early because a stop was requested; what was done so far is kept, and the same call continues it. */
public class StoppedException extends LionException {
    private static final long serialVersionUID = 1L;

    /** A stop, with where the work stands. */
    public StoppedException(String message) {
        super(message);
    }
}
