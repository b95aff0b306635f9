package dev.lion.run;

import dev.lion.data.Verdict;
import java.util.Objects;

/** One of the two verdicts on an instruction, as it is kept until both are there. */
public record OrderedVerdict(String instructionId, Order order, Verdict verdict) {
    public OrderedVerdict {
        Objects.requireNonNull(instructionId, "instructionId");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(verdict, "verdict");
    }

    /** Whose answer the referee was shown first. */
    public enum Order {
        /** The teacher's answer came first. */
        TEACHER_FIRST,
        /** The student's answer came first. */
        STUDENT_FIRST
    }
}
