package dev.lion.role;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was measured at a training step, which differs from one run to the next: for eyes, not for files. Made by students.
 *
 * @param tokensPerSecond tokens that went through the student in a second of this step, prompts included
 * @param residentBytes the process's resident memory after the step
 */
public record StepMeasurement(OptionalDouble tokensPerSecond, OptionalLong residentBytes) {
    /** Nothing was measured. */
    public static final StepMeasurement NONE = new StepMeasurement(OptionalDouble.empty(), OptionalLong.empty());

    public StepMeasurement {
        Objects.requireNonNull(tokensPerSecond, "tokensPerSecond");
        Objects.requireNonNull(residentBytes, "residentBytes");
    }
}
