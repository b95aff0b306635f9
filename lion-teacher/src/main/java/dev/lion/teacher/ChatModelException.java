package dev.lion.teacher;

import dev.lion.LionException;
import dev.lion.role.Unbilled;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat model refused a call in a way that another attempt does not mend. The message says which role's call failed,
 * with which HTTP status, and what to check; it never holds the key, and after {@link Reason#AUTHENTICATION} it has no
 * cause, as providers quote the key in their replies.
 */
public class ChatModelException extends LionException implements Unbilled {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    ChatModelException(Reason reason, String message, @Nullable Throwable cause) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        if (cause != null) {
            initCause(cause);
        }
    }

    /** Why the model refused; never a reason that passes. */
    public Reason reason() {
        return reason;
    }

    /** True but for {@link Reason#UNEXPECTED}: a request that is turned down is not charged. */
    @Override
    public boolean isUnbilled() {
        return reason != Reason.UNEXPECTED;
    }
}
