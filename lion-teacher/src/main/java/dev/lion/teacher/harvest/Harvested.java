package dev.lion.teacher.harvest;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import java.util.Objects;
import java.util.Optional;

/**
 * An instruction that an application's user gave, with the answer when that is fit to learn from.
 *
 * @param instruction what the user asked
 * @param system the application's own prompt at the time; empty when there was none
 * @param answer what the model replied, complete, with the tokens it took then; empty when it was cut, withheld, blank, a call
 *     of tools, or held to a format
 * @param model the name of the model that answered; empty when it is not known
 */
public record Harvested(Instruction instruction, String system, Optional<Response> answer, String model) {
    public Harvested {
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(model, "model");
    }
}
