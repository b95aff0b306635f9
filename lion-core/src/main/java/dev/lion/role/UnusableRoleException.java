package dev.lion.role;

import dev.lion.LionException;

/**
 * A role can answer no call at all, whatever the item, until somebody has removed the reason: the key is refused, the account
 * has no credit left, the provider does not know the model. Thrown by adapters from any thread; the loop ends the run at
 * the first one, without counting the item as failed, and running again continues. The message says what is wrong and what
 * to check.
 */
public class UnusableRoleException extends LionException {
    private static final long serialVersionUID = 1L;

    /** A role that is of no use. */
    public UnusableRoleException(String message) {
        super(message);
    }

    /** A role that is of no use, and what showed it. */
    public UnusableRoleException(String message, Throwable cause) {
        super(message, cause);
    }
}
