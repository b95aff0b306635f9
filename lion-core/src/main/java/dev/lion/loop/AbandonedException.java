package dev.lion.loop;

import dev.lion.LionException;

/** Ends the work of a thread whose call was abandoned while it hung, and came back all the same. */
final class AbandonedException extends LionException {
    private static final long serialVersionUID = 1L;

    AbandonedException(String call) {
        super(call + " came back after it was given up; what it brought is dropped");
    }
}
