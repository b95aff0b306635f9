package dev.lion.loop;

import dev.lion.LionException;
import java.util.List;

/** A loop cannot be built as it was described; the message lists every fault. */
public class LoopConfigException extends LionException {
    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    LoopConfigException(List<String> faults) {
        super("the loop cannot be built:\n  " + String.join("\n  ", faults));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, one line each. */
    public List<String> faults() {
        return faults;
    }
}
