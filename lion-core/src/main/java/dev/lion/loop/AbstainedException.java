package dev.lion.loop;

import dev.lion.role.RetryableRoleException;

/** The referee abstained: asked again at once, as nothing is overloaded. */
final class AbstainedException extends RetryableRoleException {
    private static final long serialVersionUID = 1L;

    AbstainedException(String reason) {
        super("abstained: " + reason);
    }
}
