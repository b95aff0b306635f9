package dev.lion.run;

import dev.lion.LionException;

/** The run is open elsewhere, in this process or another; only one at a time may write to it. */
public class RunLockedException extends LionException {
    private static final long serialVersionUID = 1L;

    /** Which run is open elsewhere. */
    public RunLockedException(String message) {
        super(message);
    }
}
