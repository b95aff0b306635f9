package dev.lion.cost;

import dev.lion.LionException;

/** A call was not made, since a budget has no room for it; the message says what is spent and what the call may take. */
public class BudgetExhaustedException extends LionException {
    private static final long serialVersionUID = 1L;

    /** A call that was not made. */
    public BudgetExhaustedException(String message) {
        super(message);
    }
}
