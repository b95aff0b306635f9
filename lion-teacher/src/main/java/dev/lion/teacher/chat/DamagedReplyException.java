package dev.lion.teacher.chat;

import dev.langchain4j.exception.LangChain4jException;

/** A model's reply came, but cannot be what the model wrote; the message says why. Another attempt may bring a sound one. */
public final class DamagedReplyException extends LangChain4jException {
    private static final long serialVersionUID = 1L;

    DamagedReplyException(String message) {
        super(message);
    }

    DamagedReplyException(String message, Throwable cause) {
        super(message, cause);
    }
}
