package dev.lion.student.decoding;

import dev.lion.LionException;

/** As many requests wait as may; another attempt later may find a place. */
public final class QueueFullException extends LionException {
    private static final long serialVersionUID = 1;

    QueueFullException(int waiting) {
        super(waiting + " requests wait for the student already, as many as may; try again later, or let more wait");
    }
}
