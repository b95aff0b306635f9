package dev.lion.student.training;

import dev.lion.LionException;

/** Every example is longer than what may be learnt, so that a training would do nothing. */
public final class ExamplesTooLongException extends LionException {
    private static final long serialVersionUID = 1L;

    ExamplesTooLongException(String message) {
        super(message);
    }
}
