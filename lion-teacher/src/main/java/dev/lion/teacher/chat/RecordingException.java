package dev.lion.teacher.chat;

import dev.lion.LionException;

/** A recording cannot be written or read; the message names the file, the line and what is wrong. */
public class RecordingException extends LionException {
    private static final long serialVersionUID = 1L;

    RecordingException(String message) {
        super(message);
    }

    RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
