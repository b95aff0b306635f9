package dev.lion.loop;

import dev.lion.LionException;
import java.util.Optional;

/** A rule of the configuration threw, or chose what there is not; the cause says what. */
public class StrategyFailedException extends LionException {
    private static final long serialVersionUID = 1L;

    StrategyFailedException(String rule, int iteration, Exception cause) {
        super(
                "the " + rule + " failed in iteration " + iteration + ": "
                        + Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString),
                cause);
    }
}
