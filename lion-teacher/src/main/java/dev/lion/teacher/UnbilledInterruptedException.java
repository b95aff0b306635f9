package dev.lion.teacher;

import dev.lion.role.Unbilled;

/** The thread of a model call was interrupted when nothing had been sent that may be charged. */
final class UnbilledInterruptedException extends InterruptedException implements Unbilled {
    private static final long serialVersionUID = 1L;

    UnbilledInterruptedException(String message) {
        super(message);
    }

    @Override
    public boolean isUnbilled() {
        return true;
    }
}
