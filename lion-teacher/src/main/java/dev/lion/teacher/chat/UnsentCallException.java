package dev.lion.teacher.chat;

import dev.langchain4j.exception.LangChain4jException;
import java.util.Objects;

/** The cause of a failure that {@link CircuitChatModel} threw in place of sending a call: why an earlier one was refused. */
public final class UnsentCallException extends LangChain4jException {
    private static final long serialVersionUID = 1L;

    private final transient CallFailure earlier;

    UnsentCallException(CallFailure earlier) {
        super("an earlier call was refused: " + earlier.reason()
                + (earlier.status().isPresent() ? " (HTTP " + earlier.status().getAsInt() + ")" : ""));
        this.earlier = Objects.requireNonNull(earlier, "earlier");
    }

    /** Why the earlier call was refused, and so this one would be. */
    public CallFailure earlier() {
        return earlier;
    }
}
