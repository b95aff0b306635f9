package dev.lion.examples.novelty;

import dev.lion.LionException;

/** A file of texts cannot be used; the message names the file, the lines and the fields. */
public final class TextFileException extends LionException {
    private static final long serialVersionUID = 1L;

    TextFileException(String message) {
        super(message);
    }
}
