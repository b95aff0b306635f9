package dev.lion.role;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import java.util.Objects;

/** Two answers to one instruction; the referee is not told whose they are. */
public record Comparison(Instruction instruction, Response first, Response second) {
    public Comparison {
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
    }
}
