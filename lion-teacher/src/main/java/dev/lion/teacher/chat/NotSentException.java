package dev.lion.teacher.chat;

import dev.langchain4j.exception.LangChain4jException;

/** Says, as a failure or the cause of one, that nothing was sent for this call, so that it cannot have been charged. */
final class NotSentException extends LangChain4jException {
    private static final long serialVersionUID = 1L;

    NotSentException(String message) {
        super(message);
    }

    NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
