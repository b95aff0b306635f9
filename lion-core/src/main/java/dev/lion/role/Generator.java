package dev.lion.role;

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
     *     {@link Error} ends the run
     * @throws InterruptedException when the thread was interrupted; an adapter that ends otherwise then leaves the thread's
     *     interrupt flag set
     */
    GenerationResponse generate(GenerationRequest request) throws Exception;
}
