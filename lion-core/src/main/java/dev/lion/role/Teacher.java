package dev.lion.role;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import java.util.Optional;

/**
 * Supplies the answers that the student imitates. The loop calls it from several threads at once, and interrupts a call that
 * is still under way some time after a stop.
 */
@FunctionalInterface
public interface Teacher {
    /**
     * Answers one instruction; text and input are both to be read, and may hold anything. An answer that is blank, cut at the
     * limit of tokens or withheld may be returned as it is: the loop sets it aside.
     *
     * @return never {@code null}
     * @throws RetryableRoleException when another attempt may succeed; any other exception sets the instruction aside, while
     *     an {@code Error} ends the run
     * @throws UnusableRoleException when no other call can succeed either, which ends the run until somebody has seen to it
     * @throws InterruptedException when the thread was interrupted; an adapter that ends otherwise then leaves the thread's
     *     interrupt flag set
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

    /**
     * The same teacher for those who can wait: many instructions at once, at a lower price. None by default; the loop asks in
     * batches where there are some, and one by one for what they leave unanswered.
     */
    default Optional<Batches<Instruction, Response>> batches() {
        return Optional.empty();
    }
}
