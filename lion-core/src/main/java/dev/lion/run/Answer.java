package dev.lion.run;

import dev.lion.data.Response;
import java.util.Objects;

/** A response as it is kept: with the instruction that it answers. */
public record Answer(String instructionId, Response response) {
    public Answer {
        Objects.requireNonNull(instructionId, "instructionId");
        Objects.requireNonNull(response, "response");
    }
}
