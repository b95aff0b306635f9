package dev.lion.data;

import java.util.Objects;

/**
 * What became of one item of an evaluation: what two students are compared by, item for item.
 *
 * @param task under which name it is counted
 * @param id of the instruction that was asked
 * @param answer what the student wrote; where it was asked for likelihoods, the likeliest answer, and nothing when it had none
 * @param right whether the answer counts as right
 */
public record ItemOutcome(String task, String id, String answer, boolean right) {
    public ItemOutcome {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(answer, "answer");
    }
}
