package dev.lion.loop;

import dev.lion.LionException;
import dev.lion.run.Stage;
import java.util.Locale;

/**
 * More of a stage's items failed than is tolerated, so the run stopped; the cause is the last failure. What succeeded is
 * on disk: once the reason is removed, running again asks for the rest only.
 */
public class TooManyFailuresException extends LionException {
    private static final long serialVersionUID = 1L;

    TooManyFailuresException(int iteration, Stage stage, int failed, int items, double tolerated, Exception last) {
        super(
                failed + " of " + items + " items failed in " + stage.name().toLowerCase(Locale.ROOT)
                        + " of iteration " + iteration + ", more than the tolerated share of " + tolerated
                        + " (toleratedFailureShare). What succeeded is kept: remove the reason and run again. The last: "
                        + last.getMessage(),
                last);
    }
}
