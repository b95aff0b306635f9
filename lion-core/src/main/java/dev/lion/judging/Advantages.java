package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import java.util.OptionalDouble;

/** What the referee said, in figures. */
@FunctionalInterface
public interface Advantages {
    /**
     * The teacher's score minus the student's in one order; empty when the verdict is missing. Asked only for questions
     * that were put.
     */
    OptionalDouble of(int position, AnswerOrder order);
}
