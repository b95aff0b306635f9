package dev.lion.loop;

import dev.lion.LionException;
import java.nio.file.Path;

/** The student could not take up what it had saved; the cause is what it threw. */
public class StudentRestoreException extends LionException {
    private static final long serialVersionUID = 1L;

    StudentRestoreException(Path directory, Exception cause) {
        super("the student could not be restored from " + directory + ": " + cause, cause);
    }
}
