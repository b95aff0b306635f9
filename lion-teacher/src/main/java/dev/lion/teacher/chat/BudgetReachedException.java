package dev.lion.teacher.chat;

import dev.langchain4j.exception.NonRetriableException;
import dev.lion.role.Unbilled;

/**
 * A request was not sent, since the budget has no room for it; the message says what is spent. Nothing is charged, and no
 * other request of its size would be sent.
 */
public class BudgetReachedException extends NonRetriableException implements Unbilled {
    private static final long serialVersionUID = 1L;

    BudgetReachedException(String message) {
        super(message);
    }

    /** Always true. */
    @Override
    public boolean isUnbilled() {
        return true;
    }
}
