package dev.lion.run;

import dev.lion.LionException;
import java.nio.file.Path;

/** A file of a run does not hold what lion wrote there; the message names file, line and field. */
public class DamagedRunException extends LionException {
    private static final long serialVersionUID = 1L;

    DamagedRunException(Path file, String fault) {
        super(file + ": " + fault + "; restore the file from a copy, or start a new run in another directory");
    }
}
