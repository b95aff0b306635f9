package dev.lion.role;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import java.util.Optional;

/** Supplies the answers that the student imitates. The loop calls it from several threads at once. */
@FunctionalInterface
public interface Teacher {
    /**
     * Answers one instruction.
     *
     * @throws RetryableRoleException when another attempt may succeed; any other exception sets the instruction aside
     */
    Response answer(Instruction instruction) throws Exception;

    /**
     * The most tokens that one attempt at answering may take, so that a budget can set them aside beforehand; quick, and
     * without asking anybody. By default a token for each byte of the instruction with 2048 more for a prompt, and 1024
     * for the answer, as in the paper: a teacher whose prompt or answers may be longer says so here.
     *
     * @return empty when there is no limit; then neither money nor tokens can be limited
     */
    default Optional<TokenUsage> mostTokens(Instruction instruction) {
        return TokenBounds.teacher(instruction.fullText());
    }
}
