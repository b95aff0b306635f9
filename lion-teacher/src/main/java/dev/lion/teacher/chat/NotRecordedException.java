package dev.lion.teacher.chat;

import dev.langchain4j.exception.InvalidRequestException;

/** A recording has no reply to a request; the message begins the request's last message. Another attempt is of no use. */
public class NotRecordedException extends InvalidRequestException {
    private static final long serialVersionUID = 1L;

    NotRecordedException(String message) {
        super(message);
    }
}
