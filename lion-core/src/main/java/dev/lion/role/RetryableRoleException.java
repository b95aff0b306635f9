package dev.lion.role;

import dev.lion.LionException;

/** A role failed in a way that may pass: the loop tries the same item again. */
public class RetryableRoleException extends LionException {
    private static final long serialVersionUID = 1L;

    /** A passing failure. */
    public RetryableRoleException(String message) {
        super(message);
    }

    /** A passing failure and what caused it. */
    public RetryableRoleException(String message, Throwable cause) {
        super(message, cause);
    }
}
