package dev.lion.run;

import dev.lion.LionException;

/** A run was written by a version of lion that lays its files out differently. Nothing in it was changed. */
public class RunFormatException extends LionException {
    private static final long serialVersionUID = 1L;

    RunFormatException(String fault) {
        super(fault + ". Continue or read the run with the version that wrote it, or start a new run in another"
                + " directory; nothing was changed");
    }
}
