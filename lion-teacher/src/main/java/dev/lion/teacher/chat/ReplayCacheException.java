package dev.lion.teacher.chat;

import dev.lion.LionException;

/** A file cannot serve as a replay cache; the message names it, says why and what to do. The file was not changed. */
public class ReplayCacheException extends LionException {
    private static final long serialVersionUID = 1L;

    ReplayCacheException(String message) {
        super(message);
    }

    ReplayCacheException(String message, Throwable cause) {
        super(message, cause);
    }
}
