package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Instruction;
import dev.lion.fixture.ContractRun;
import dev.lion.novelty.NoveltyIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The contract passes a sound index, and each of its tests fails for an index that is broken in that point. */
class NoveltyIndexContractTest {
    static final List<Map.Entry<String, Supplier<NoveltyIndex>>> BROKEN = List.of(
            Map.entry("nearDuplicateOf_emptyIndex_isNone", () -> new Sound() {
                @Override
                public Optional<Match> nearDuplicateOf(Instruction candidate) {
                    return ids.isEmpty() ? Optional.of(new Match("", 0)) : super.nearDuplicateOf(candidate);
                }
            }),
            Map.entry("nearDuplicateOf_addedInstruction_isItself", () -> new Sound() {
                @Override
                public Optional<Match> nearDuplicateOf(Instruction candidate) {
                    return super.nearDuplicateOf(candidate).map(match -> new Match(match.instructionId(), 100));
                }
            }),
            Map.entry("nearDuplicateOf_addedInstruction_isItself", () -> new Sound() {
                @Override
                public Optional<Match> nearDuplicateOf(Instruction candidate) {
                    return super.nearDuplicateOf(candidate).map(match -> new Match(candidate.text(), 1));
                }
            }),
            Map.entry("nearDuplicateOf_unlikeInstruction_isNone", () -> new Sound() {
                @Override
                public Optional<Match> nearDuplicateOf(Instruction candidate) {
                    return ids.stream().findFirst().map(id -> new Match(id, 0.2));
                }
            }),
            Map.entry("add_oneAfterTheOther_allAreFoundFromThenOn", () -> new Sound() {
                @Override
                public void add(Instruction instruction) {
                    super.add(instruction);
                    if (ids.size() > 32) {
                        ids.remove(0);
                    }
                }
            }),
            Map.entry("nearDuplicateOf_askedAgain_isTheSame", () -> new Sound() {
                @Override
                public Optional<Match> nearDuplicateOf(Instruction candidate) {
                    Optional<Match> match = super.nearDuplicateOf(candidate);
                    add(candidate);
                    return match;
                }
            }),
            Map.entry("nearDuplicateOf_indexFilledAlike_isTheSame", NoveltyIndexContractTest::scoringAsItPleases),
            Map.entry("accepts_anyInstruction_agreesWithNearDuplicateOf", () -> new Sound() {
                @Override
                public boolean accepts(Instruction candidate) {
                    return true;
                }
            }),
            Map.entry("add_unusualText_isTaken", () -> new Sound() {
                @Override
                public void add(Instruction instruction) {
                    if (!instruction.text().codePoints().allMatch(Character::isDefined)) {
                        throw new IllegalArgumentException("not a text");
                    }
                    super.add(Instruction.of(String.format(instruction.text())));
                }
            }),
            Map.entry("description_anyTime_isTheSame", () -> new Sound() {
                @Override
                public String description() {
                    return ids.size() + " ids";
                }
            }));

    private static final AtomicInteger MADE = new AtomicInteger();

    private static NoveltyIndex scoringAsItPleases() {
        double score = 1.0 / MADE.incrementAndGet();
        return new Sound() {
            @Override
            public Optional<Match> nearDuplicateOf(Instruction candidate) {
                return super.nearDuplicateOf(candidate).map(match -> new Match(match.instructionId(), score));
            }
        };
    }

    @Test
    void contract_soundIndex_passes() {
        Subject.index = Sound::new;
        assertThat(ContractRun.of(Subject.class)).isEqualTo(ContractRun.NOTHING_AMISS);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("BROKEN")
    void contract_brokenIndex_failsInThatPoint(Map.Entry<String, Supplier<NoveltyIndex>> broken) {
        Subject.index = broken.getValue();
        assertThat(ContractRun.of(Subject.class, broken.getKey()).failed()).containsExactly(broken.getKey());
    }

    @Test
    void contract_everyTest_hasAnIndexThatFailsIt() {
        assertThat(BROKEN.stream().map(Map.Entry::getKey)).hasSameElementsAs(ContractRun.testsOf(Subject.class));
    }

    /** Knows equal instructions only. */
    private static class Sound implements NoveltyIndex {
        final List<String> ids = new ArrayList<>();

        @Override
        public void add(Instruction instruction) {
            ids.add(instruction.id());
        }

        @Override
        public Optional<Match> nearDuplicateOf(Instruction candidate) {
            return ids.contains(candidate.id()) ? Optional.of(new Match(candidate.id(), 1)) : Optional.empty();
        }

        @Override
        public String description() {
            return "not the same instruction";
        }
    }

    /** The contract as the platform runs it, on the index of the moment. */
    static class Subject extends NoveltyIndexContract {
        private static Supplier<NoveltyIndex> index = Sound::new;

        @Override
        protected NoveltyIndex create() {
            return index.get();
        }
    }
}
