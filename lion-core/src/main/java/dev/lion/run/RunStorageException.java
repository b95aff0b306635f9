package dev.lion.run;

import dev.lion.LionException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The disk under a run failed: full, read-only, gone. What was written before is kept; the run continues from there once
 * the cause is removed.
 */
public class RunStorageException extends LionException {
    private static final long serialVersionUID = 1L;

    RunStorageException(String action, Path path, IOException cause) {
        super("cannot " + action + " " + path + ": " + cause, cause);
    }
}
