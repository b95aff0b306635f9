package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Instruction;
import dev.lion.fixture.ContractRun;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The contract passes a sound generator, and each of its own tests fails for a generator that is broken in that point; the
 * tests of {@link RoleContract} are those of {@link TeacherContractTest}.
 */
class GeneratorContractTest {
    static final List<Map.Entry<String, Generator>> BROKEN = List.of(
            Map.entry("generate_ordinaryRequests_writeSomethingNew", request -> GenerationResponse.of()),
            Map.entry(
                    "generate_ordinaryRequests_writeSomethingNew", request -> GenerationResponse.of(request.parent())),
            Map.entry(
                    "generate_otherRandomSeeds_writeDifferentThings",
                    request -> GenerationResponse.of(
                            Instruction.of("More of " + request.parent().text()))),
            Map.entry("proposalsPerRequest_always_isTheSameFromOneOn", new Unwilling()));

    /** Expects nothing of itself. */
    private static final class Unwilling implements Generator {
        @Override
        public GenerationResponse generate(GenerationRequest request) {
            return sound(request);
        }

        @Override
        public int proposalsPerRequest() {
            return 0;
        }
    }

    @Test
    void contract_soundGenerator_passes() {
        Subject.generator = GeneratorContractTest::sound;
        assertThat(ContractRun.of(Subject.class).failed()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("BROKEN")
    void contract_brokenGenerator_failsInThatPoint(Map.Entry<String, Generator> broken) {
        Subject.generator = broken.getValue();
        assertThat(ContractRun.of(Subject.class, broken.getKey()).failed()).containsExactly(broken.getKey());
    }

    @Test
    void contract_everyTestOfItsOwn_hasAGeneratorThatFailsIt() {
        Set<String> own = ContractRun.testsOf(Subject.class);
        own.removeAll(ContractRun.testsOf(RoleContract.class));
        assertThat(BROKEN.stream().map(Map.Entry::getKey)).hasSameElementsAs(own);
    }

    private static GenerationResponse sound(GenerationRequest request) {
        return GenerationResponse.of(Instruction.of(request.difficulty() + " " + request.randomSeed() + " of "
                + request.parent().text()));
    }

    /** The contract as the platform runs it, on the generator of the moment. */
    static class Subject extends GeneratorContract {
        private static Generator generator = GeneratorContractTest::sound;

        @Override
        protected Generator create() {
            return generator;
        }
    }
}
