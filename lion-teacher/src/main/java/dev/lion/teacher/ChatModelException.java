package dev.lion.teacher;

import dev.lion.LionException;
import dev.lion.role.Unbilled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat model refused a call in a way that another attempt does not mend. The message says which role's call failed,
 * with which HTTP status, and what to check; it never holds the key.
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

    /** Why the model refused. */
    public Reason reason() {
        return reason;
    }

    /** True but for {@link Reason#UNEXPECTED}: a request that is turned down is not charged. */
    @Override
    public boolean isUnbilled() {
        return reason != Reason.UNEXPECTED;
    }

    /** Why a chat model refused a call. */
    public enum Reason {
        /**
         * The key is missing, wrong, or not allowed to use the model (HTTP 401, 403). The exception has no cause then,
         * as providers quote the key in their replies.
         */
        AUTHENTICATION,
        /** The account has no credit left (HTTP 402, or 429 with {@code insufficient_quota}). */
        QUOTA,
        /** The provider knows no such model or address (HTTP 404). */
        MODEL_NOT_FOUND,
        /** The provider takes the request for faulty (other HTTP 4xx). */
        INVALID_REQUEST,
        /** The provider's address cannot be resolved. */
        UNREACHABLE,
        /** The model does not offer something that the request uses. */
        UNSUPPORTED,
        /** Anything else that the model threw. */
        UNEXPECTED
    }
}
