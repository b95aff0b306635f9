package dev.lion.data;

import java.util.Objects;

/** An instruction with the teacher's response to it: one training example of the student. */
public record Demonstration(Instruction instruction, Response response) {
    public Demonstration {
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(response, "response");
    }
}
