package dev.lion;

/** The root of every exception that lion itself throws: unchecked, with one named subtype for each cause. */
public class LionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception whose message says what is wrong, where, and what to do. */
    public LionException(String message) {
        super(message);
    }

    /** An exception whose message says what is wrong, where, and what to do, and what caused it. */
    public LionException(String message, Throwable cause) {
        super(message, cause);
    }
}
