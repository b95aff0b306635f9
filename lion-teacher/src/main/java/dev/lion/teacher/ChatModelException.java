package dev.lion.teacher;

import dev.lion.LionException;
import dev.lion.role.Unbilled;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.util.Objects;

/**
 * A chat model refused a call in a way that another attempt does not mend, while other calls may succeed. The message says
 * which role's call failed, with which HTTP status, and what to check; it never holds the key.
 */
public class ChatModelException extends LionException implements Unbilled {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final boolean unbilled;

    ChatModelException(Reason reason, String message, Throwable cause, boolean unbilled) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.unbilled = unbilled;
    }

    /** Why the model refused; never a reason that passes, or that is for every call. */
    public Reason reason() {
        return reason;
    }

    @Override
    public boolean isUnbilled() {
        return unbilled;
    }
}
