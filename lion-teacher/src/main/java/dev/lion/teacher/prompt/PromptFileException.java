package dev.lion.teacher.prompt;

import dev.lion.LionException;
import org.jspecify.annotations.Nullable;

/** A file with a prompt cannot be read or used; the message names it. */
public class PromptFileException extends LionException {
    private static final long serialVersionUID = 1L;

    PromptFileException(String message, @Nullable Throwable cause) {
        super(message);
        if (cause != null) {
            initCause(cause);
        }
    }
}
