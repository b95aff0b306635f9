package dev.lion.loop;

import dev.lion.LionException;

/** A rule of the configuration threw, or chose what there is not; the cause says what. */
public class StrategyFailedException extends LionException {
    private static final long serialVersionUID = 1L;

    StrategyFailedException(String rule, String description, int iteration, Exception cause) {
        super(
                "the " + rule + " (" + description + ") failed in iteration " + iteration + ": " + cause.getMessage(),
                cause);
    }
}
