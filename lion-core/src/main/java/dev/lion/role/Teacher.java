package dev.lion.role;

import dev.lion.data.Instruction;
import dev.lion.data.Response;

/** Supplies the answers that the student imitates. The loop calls it from several threads at once. */
@FunctionalInterface
public interface Teacher {
    /**
     * Answers one instruction.
     *
     * @throws RetryableRoleException when another attempt may succeed; any other exception sets the instruction aside
     */
    Response answer(Instruction instruction) throws Exception;
}
