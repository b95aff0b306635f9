package dev.lion.teacher;

import dev.lion.role.Unbilled;
import dev.lion.role.UnusableRoleException;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat model refuses every call until somebody has removed the reason, so a run ends at the first one. The message says
 * which role's call failed, with which HTTP status, and what to check; it never holds the key, and after
 * {@link Reason#AUTHENTICATION} it has no cause, as providers quote the key in their replies.
 */
public final class UnusableModelException extends UnusableRoleException implements Unbilled {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final boolean unbilled;

    UnusableModelException(Reason reason, String message, @Nullable Throwable cause, boolean unbilled) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.unbilled = unbilled;
        if (cause != null) {
            initCause(cause);
        }
    }

    /** Why the model refuses; always one that is {@linkplain Reason#isForEveryCall() for every call}. */
    public Reason reason() {
        return reason;
    }

    @Override
    public boolean isUnbilled() {
        return unbilled;
    }
}
