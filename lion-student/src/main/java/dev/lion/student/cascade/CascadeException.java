package dev.lion.student.cascade;

import dev.lion.LionException;
import java.nio.file.Path;

/** A cascade's calibration cannot be used; the message names the file and what to do. */
public final class CascadeException extends LionException {
    private static final long serialVersionUID = 1L;

    CascadeException(Path file, String what) {
        super(file + ": " + what);
    }
}
