package dev.lion.student.prompt;

import dev.lion.LionException;

/** A conversation cannot be put to a student: its file or the model's chat template is at fault, and the message says where. */
public class PromptException extends LionException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, where, and what to do. */
    public PromptException(String message) {
        super(message);
    }

    /** What is wrong, where, and what to do, and what caused it. */
    public PromptException(String message, Throwable cause) {
        super(message, cause);
    }
}
