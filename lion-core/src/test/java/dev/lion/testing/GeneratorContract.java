package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the loop relies on in a {@link Generator}. */
public abstract non-sealed class GeneratorContract
        extends RoleContract<Generator, GenerationRequest, GenerationResponse> {
    private static final int SEEDS = 6;

    /** At least one instruction that this generator can start from; simple tasks by default. */
    protected List<Instruction> parents() {
        return List.of(
                Instruction.of("Sort these words alphabetically: pear, apple, fig."),
                Instruction.of("Translate into French.", "The cat sleeps."));
    }

    /**
     * Whether requests that differ only in their random seed may bring different proposals; true by default. A generator
     * without chance soon writes nothing new, as the loop asks about a parent more than once.
     */
    protected boolean usesRandomSeed() {
        return true;
    }

    @Override
    final GenerationResponse ask(Generator generator, GenerationRequest request) throws Exception {
        return generator.generate(request);
    }

    @Override
    final List<GenerationRequest> ordinary() {
        List<GenerationRequest> requests = new ArrayList<>();
        for (Instruction parent : parents()) {
            for (Difficulty difficulty : Difficulty.values()) {
                requests.add(new GenerationRequest(parent, difficulty, 1, 7L + requests.size()));
            }
        }
        return requests;
    }

    @Override
    final List<GenerationRequest> unusual(String text) {
        return List.of(
                new GenerationRequest(Instruction.of(text), Difficulty.HARD, 1, Long.MIN_VALUE),
                new GenerationRequest(Instruction.of("Repeat this.", text), Difficulty.EASY, 3, -1));
    }

    /** Some of several requests bring something that is not the parent itself. */
    @Test
    public void generate_ordinaryRequests_writeSomethingNew() throws Exception {
        Generator generator = create();
        List<Instruction> written = new ArrayList<>();
        for (GenerationRequest request : ordinary()) {
            GenerationResponse response = generator.generate(request);
            assertThat(response)
                    .as("what generate returned; none is GenerationResponse.of()")
                    .isNotNull();
            response.instructions().stream()
                    .filter(each -> !each.fullText().equals(request.parent().fullText()))
                    .forEach(written::add);
        }
        assertThat(written).as("proposals that are not their own parent").isNotEmpty();
    }

    /** The number of proposals that a request is expected to bring is one or more, and does not change. */
    @Test
    public void proposalsPerRequest_always_isTheSameFromOneOn() throws Exception {
        Generator generator = create();
        int before = generator.proposalsPerRequest();
        generator.generate(ordinary().get(0));
        assertThat(before).as("proposalsPerRequest()").isPositive().isEqualTo(generator.proposalsPerRequest());
    }

    /** Chance comes from the request's seed, if the adapter says that it uses chance. */
    @Test
    public void generate_otherRandomSeeds_writeDifferentThings() throws Exception {
        assumeTrue(usesRandomSeed(), "the adapter does not use the random seed");
        Generator generator = create();
        List<GenerationResponse> responses = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            responses.add(generator.generate(new GenerationRequest(parents().get(0), Difficulty.HARD, 1, seed)));
        }
        assertThat(responses.stream().map(GenerationResponse::instructions).distinct())
                .as("what %d seeds brought; override usesRandomSeed() if there is no chance", SEEDS)
                .hasSizeGreaterThan(1);
    }
}
