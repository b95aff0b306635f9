package dev.lion.role;

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
}
