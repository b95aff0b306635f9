package dev.lion.teacher;

import dev.lion.role.RetryableRoleException;
import dev.lion.role.Unbilled;

/** A model call failed in a way that may pass, and it is known whether it may have been charged. */
final class PassingFailureException extends RetryableRoleException implements Unbilled {
    private static final long serialVersionUID = 1L;

    private final boolean unbilled;

    PassingFailureException(String message, Throwable cause, boolean unbilled) {
        super(message, cause);
        this.unbilled = unbilled;
    }

    @Override
    public boolean isUnbilled() {
        return unbilled;
    }
}
