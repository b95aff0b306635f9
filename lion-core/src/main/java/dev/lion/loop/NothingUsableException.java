package dev.lion.loop;

import dev.lion.LionException;

/** A stage has nothing to go on with: not one usable answer, or not one judgement. */
public class NothingUsableException extends LionException {
    private static final long serialVersionUID = 1L;

    NothingUsableException(String message) {
        super(message);
    }
}
