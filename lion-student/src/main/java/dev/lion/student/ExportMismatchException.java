package dev.lion.student;

import dev.lion.LionException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What was written is not the student that it was written from; the message says in what it differs. */
public final class ExportMismatchException extends LionException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    ExportMismatchException(Path where, List<String> differences) {
        super(where + " was written and read back, and it is not the student; nothing is kept of it:"
                + differences.stream().limit(SHOWN).map(one -> "\n  - " + one).collect(Collectors.joining())
                + (differences.size() > SHOWN ? "\n  and " + (differences.size() - SHOWN) + " more" : ""));
    }
}
