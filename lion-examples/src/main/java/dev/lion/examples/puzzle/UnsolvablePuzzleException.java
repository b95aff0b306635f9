package dev.lion.examples.puzzle;

import dev.lion.LionException;

/** The text is not a puzzle of a known family, or is worded in a way that no rule covers; trying again does not help. */
public class UnsolvablePuzzleException extends LionException {
    private static final long serialVersionUID = 1L;

    /** Names the text and what could be done. */
    public UnsolvablePuzzleException(String message) {
        super(message);
    }
}
