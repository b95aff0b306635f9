package dev.lion.run;

import dev.lion.LionException;
import java.nio.file.Path;
import java.util.List;

/** A run was to be continued under another configuration, with other seeds, or with other roles. */
public class ManifestMismatchException extends LionException {
    private static final long serialVersionUID = 1L;

    private final List<String> differences;

    ManifestMismatchException(Path run, List<String> differences) {
        super(run + " was started with other settings than these (then → now):\n  " + String.join("\n  ", differences)
                + "\nA run is only continued under the settings that it was started with: go back to them, or start a new"
                + " run in another directory; nothing was changed");
        this.differences = List.copyOf(differences);
    }

    /** One line for each field that differs: {@code name: old → new}. */
    public List<String> differences() {
        return differences;
    }
}
