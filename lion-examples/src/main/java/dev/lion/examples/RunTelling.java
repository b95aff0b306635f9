package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.examples.watch.RunWatch;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Says when a watched run begins and ends. A look that fails is told as well, once, and the next one may succeed. For one
 * thread.
 */
final class RunTelling {
    private final RunWatch watch;
    private final PrintStream out;
    private RunWatch.Phase told = RunWatch.Phase.RUNNING;
    private Optional<String> failure = Optional.empty();

    RunTelling(RunWatch watch, PrintStream out) {
        this.watch = watch;
        this.out = out;
    }

    /** Looks at the run and prints what is new. */
    void look() {
        try {
            RunWatch.State state = watch.look();
            if (state.phase() != told || failure.isPresent()) {
                out.println(state.words());
            }
            told = state.phase();
            failure = Optional.empty();
        } catch (LionException e) {
            var words = Optional.of(String.valueOf(e.getMessage()));
            if (!failure.equals(words)) {
                out.println(words.get() + "; the watch goes on");
            }
            failure = words;
        }
    }
}
