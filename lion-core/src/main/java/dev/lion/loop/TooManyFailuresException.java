package dev.lion.loop;

import dev.lion.LionException;
import dev.lion.run.Stage;
import java.util.Locale;

/**
 * More of a stage's items failed than is tolerated, or every call of a role so far, so the run stopped; the cause is the
 * last failure. What succeeded is on disk: once the reason is removed, running again asks for the rest only.
 */
public class TooManyFailuresException extends LionException {
    private static final long serialVersionUID = 1L;

    private TooManyFailuresException(String fault, RoleFailedException last) {
        super(
                fault + ". What succeeded is kept: remove the reason and run again. The last: " + last.getMessage(),
                last);
    }

    static TooManyFailuresException share(
            int iteration, Stage stage, int failed, int items, double tolerated, RoleFailedException last) {
        return new TooManyFailuresException(
                failed + " of " + items + " items failed in " + stage.name().toLowerCase(Locale.ROOT)
                        + " of iteration " + iteration + ", more than the tolerated share of " + tolerated
                        + " (toleratedFailureShare)",
                last);
    }

    static TooManyFailuresException hopeless(int calls, RoleFailedException last) {
        return new TooManyFailuresException(
                "the " + last.role() + " failed on each of its first " + calls
                        + " calls, so the run does not wait for the tolerated share to fail",
                last);
    }

    static TooManyFailuresException hung(int threads, RoleFailedException last) {
        return new TooManyFailuresException(threads + " calls hang and do not end when they are interrupted", last);
    }
}
