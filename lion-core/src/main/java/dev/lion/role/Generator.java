package dev.lion.role;

import dev.lion.data.TokenUsage;
import java.util.Optional;

/**
 * Writes new instructions near a given one. The loop calls it from several threads at once; the loop, not the generator,
 * rejects near-duplicates and stamps the provenance.
 */
@FunctionalInterface
public interface Generator {
    /**
     * Proposes instructions; none is a valid answer.
     *
     * @throws RetryableRoleException when another attempt may succeed; any other exception sets the request aside
     */
    GenerationResponse generate(GenerationRequest request) throws Exception;

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
