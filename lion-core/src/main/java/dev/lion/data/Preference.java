package dev.lion.data;

import java.util.Objects;

/**
 * Two answers to an instruction, of which one was judged to be better: one example of a student that learns from preferences.
 * A run makes it of a verdict, with the teacher's answer as the chosen one and the student's own as the rejected one.
 *
 * @param instruction what was answered
 * @param chosen the better answer
 * @param rejected the worse answer, with another text; cut by length when its finish reason says so
 */
public record Preference(Instruction instruction, Response chosen, Response rejected) {
    public Preference {
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(chosen, "chosen");
        Objects.requireNonNull(rejected, "rejected");
        if (chosen.text().equals(rejected.text())) {
            throw new IllegalArgumentException("both answers to instruction " + instruction.id()
                    + " have the same text, so none can be preferred");
        }
    }
}
