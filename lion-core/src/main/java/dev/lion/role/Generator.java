package dev.lion.role;

import dev.lion.data.TokenUsage;
import java.util.Optional;

/**
 * Writes new instructions near a given one. The loop calls it from several threads at once, and interrupts a call that is
 * still under way some time after a stop; the loop, not the generator, rejects near-duplicates and stamps the provenance.
 */
@FunctionalInterface
public interface Generator {
    /**
     * Proposes instructions; none is a valid answer. The loop asks about one parent several times with different random
     * seeds, and needs something else each time. The parent may hold anything.
     *
     * @return never {@code null}
     * @throws RetryableRoleException when another attempt may succeed; any other exception sets the request aside, while an
     *     {@code Error} ends the run
     * @throws UnusableRoleException when no other call can succeed either, which ends the run until somebody has seen to it
     * @throws InterruptedException when the thread was interrupted; an adapter that ends otherwise then leaves the thread's
     *     interrupt flag set
     */
    GenerationResponse generate(GenerationRequest request) throws Exception;

    /**
     * How many proposals one request is expected to bring at most, so that the loop does not ask for many more than it wants
     * and an estimate counts fewer requests: 1 by default. The same at every call.
     */
    default int proposalsPerRequest() {
        return 1;
    }

    /**
     * The most tokens that one attempt at generating may take, so that a budget can set them aside beforehand; quick, and
     * without asking anybody. By default a token for each byte of the parent with 2048 more for a prompt, and for the
     * proposals 4 for each word of the parent, as in the paper, but no fewer than its bytes or 64: a generator that may
     * take more says so here.
     *
     * @return empty when there is no limit; then neither money nor tokens can be limited
     */
    default Optional<TokenUsage> mostTokens(GenerationRequest request) {
        return TokenBounds.generator(request.parent().fullText());
    }
}
