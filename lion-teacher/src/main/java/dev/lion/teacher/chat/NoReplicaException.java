package dev.lion.teacher.chat;

import dev.langchain4j.exception.LangChain4jException;

/**
 * No endpoint took a request; the message names each and says why. The cause is the failure that tells best whether another
 * attempt may succeed; nothing is charged.
 */
public class NoReplicaException extends LangChain4jException {
    private static final long serialVersionUID = 1L;

    NoReplicaException(String message, Throwable cause) {
        super(message, cause);
    }
}
