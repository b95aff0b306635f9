package dev.lion.teacher.harvest;

import dev.lion.LionException;

/** A file of harvested instructions cannot be written or read; the message names the file, the line and what is wrong. */
public class HarvestException extends LionException {
    private static final long serialVersionUID = 1L;

    HarvestException(String message, Throwable cause) {
        super(message, cause);
    }
}
