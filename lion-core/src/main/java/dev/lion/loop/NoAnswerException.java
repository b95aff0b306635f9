package dev.lion.loop;

import dev.lion.role.RetryableRoleException;
import java.time.Duration;

/** A call brought nothing within its time. */
final class NoAnswerException extends RetryableRoleException {
    private static final long serialVersionUID = 1L;

    /** The call ended when it was interrupted. */
    NoAnswerException(Duration timeout, Throwable cause) {
        super("no answer within " + Durations.inWords(timeout) + " (callTimeout)", cause);
    }

    /** The call did not end when it was interrupted. */
    NoAnswerException(Duration timeout) {
        super("no answer within " + Durations.inWords(timeout)
                + " (callTimeout), and the call does not end when it is interrupted");
    }
}
