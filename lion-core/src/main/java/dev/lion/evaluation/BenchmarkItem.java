package dev.lion.evaluation;

import dev.lion.data.Instruction;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A question with its answer.
 *
 * @param task under which name it is counted
 * @param instruction what the student is asked
 * @param rule what counts of the student's answer
 * @param target the right answer, one of the rule's choices where it has some; blanks around it are dropped
 */
public record BenchmarkItem(String task, Instruction instruction, AnswerRule rule, String target) {
    public BenchmarkItem {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(rule, "rule");
        target = target.strip();
        if (!rule.choices().isEmpty() && !rule.choices().contains(target)) {
            throw new IllegalArgumentException(
                    "the target must be one of " + rule.choices() + ", but is \"" + target + "\"");
        }
    }

    /** Whether an answer is right. */
    public boolean isRight(String answer) {
        return rule.read(answer).filter(target::equals).isPresent();
    }

    /** How often somebody is right who chooses at random; empty where there is nothing to choose from. */
    public OptionalDouble chance() {
        int choices = rule.choices().size();
        return choices == 0 ? OptionalDouble.empty() : OptionalDouble.of(1.0 / choices);
    }
}
