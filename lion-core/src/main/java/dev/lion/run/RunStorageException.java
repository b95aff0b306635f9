package dev.lion.run;

import dev.lion.LionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * The disk under a run failed: full, read-only, gone. What was written before is kept; the run continues from there once
 * the cause is removed.
 */
public class RunStorageException extends LionException {
    private static final long serialVersionUID = 1L;

    RunStorageException(String action, Path path, IOException cause) {
        super(
                "cannot " + action + " " + path + ": " + describe(cause)
                        + "; what was written before is kept, and the run continues from there once that is put right",
                cause);
    }

    // the reason alone, where there is one: which path it is about was said
    private static String describe(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "something else has that name";
        }
        boolean hasReason = cause instanceof FileSystemException failure && failure.getReason() != null;
        return hasReason ? String.valueOf(((FileSystemException) cause).getReason()) : cause.toString();
    }
}
