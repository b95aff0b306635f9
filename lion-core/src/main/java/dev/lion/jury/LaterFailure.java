package dev.lion.jury;

import dev.lion.LionException;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Unbilled;
import dev.lion.role.UnusableRoleException;
import java.util.Optional;

/**
 * A failure of one of several calls that make one attempt. What was charged for those before it was charged, whatever is known
 * of the one that failed, so the exception must not say that the attempt cost nothing.
 */
public final class LaterFailure {
    private LaterFailure() {}

    /**
     * What to throw in place of a failure that says that the attempt cost nothing, when it was not the first call; empty for
     * any other failure, which is to be thrown as it is.
     *
     * @param whose whose call failed
     * @param before how many calls of the attempt had succeeded
     * @param calls how many calls make an attempt
     */
    public static Optional<LionException> inPlaceOf(Exception failure, String whose, int before, int calls) {
        boolean saysFree = failure instanceof Unbilled known && known.isUnbilled();
        if (before == 0 || !saysFree) {
            return Optional.empty();
        }
        String message = whose + " failed after " + before + " of " + calls + " had answered: " + failure.getMessage();
        if (failure instanceof RetryableRoleException) {
            return Optional.of(new RetryableRoleException(message, failure));
        }
        return Optional.of(
                failure instanceof UnusableRoleException
                        ? new UnusableRoleException(message, failure)
                        : new LionException(message, failure));
    }
}
