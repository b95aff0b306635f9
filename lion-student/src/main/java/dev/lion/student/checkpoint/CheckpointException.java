package dev.lion.student.checkpoint;

import dev.lion.LionException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A checkpoint's content is missing, damaged or not supported; the message names the file and the first ten faults. */
public class CheckpointException extends LionException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_FAULTS = 10;

    /** Of a fault's beginning and of its end. */
    private static final int MOST_CHARACTERS = 200;

    /** An exception whose message names the file and says what is wrong with it. */
    public CheckpointException(String message) {
        super(message);
    }

    /** An exception whose message names the file and says what is wrong with it, and what caused it. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    /** One exception for the first ten faults of a file or folder, one line each, and how many more there are. */
    static CheckpointException ofFaults(Path where, String summary, List<String> faults) {
        String first = faults.stream()
                .limit(MOST_FAULTS)
                .map(fault -> "\n  - " + shortened(fault))
                .collect(Collectors.joining());
        int more = faults.size() - MOST_FAULTS;
        return new CheckpointException(where + ": " + summary + first + (more > 0 ? "\n  and " + more + " more" : ""));
    }

    /** What a message quotes of a file; in the middle of a long fault is the value, around it what it is and what to do. */
    public static String shortened(String fault) {
        return fault.length() <= 2 * MOST_CHARACTERS
                ? fault
                : fault.substring(0, MOST_CHARACTERS) + " … " + fault.substring(fault.length() - MOST_CHARACTERS);
    }
}
