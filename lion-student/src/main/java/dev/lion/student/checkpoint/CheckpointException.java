package dev.lion.student.checkpoint;

import dev.lion.LionException;
import java.nio.file.Path;
import java.util.List;

/** A checkpoint's content is missing, damaged or not supported; the message names the file and every fault found. */
public class CheckpointException extends LionException {
    private static final long serialVersionUID = 1L;

    /** An exception whose message names the file and says what is wrong with it. */
    public CheckpointException(String message) {
        super(message);
    }

    /** An exception whose message names the file and says what is wrong with it, and what caused it. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    /** One exception for all the faults of a file or folder, one line each. */
    static CheckpointException ofFaults(Path where, String summary, List<String> faults) {
        return new CheckpointException(where + ": " + summary + "\n  - " + String.join("\n  - ", faults));
    }
}
