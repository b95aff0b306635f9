package dev.lion.run;

import dev.lion.LionException;

/** A directory holds something other than a run, or nothing yet. */
public class NotARunException extends LionException {
    private static final long serialVersionUID = 1L;

    /** Which directory, and what to do. */
    public NotARunException(String message) {
        super(message);
    }
}
