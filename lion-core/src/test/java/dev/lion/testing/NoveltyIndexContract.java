package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Instruction;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.novelty.NoveltyIndex.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the loop relies on in a {@link NoveltyIndex}. */
public abstract class NoveltyIndexContract {
    /** An empty index for which an instruction that it holds already is not new. */
    protected abstract NoveltyIndex create() throws Exception;

    /** At least three instructions, no two of them alike; different tasks by default. */
    protected List<Instruction> unlike() {
        return List.of(
                Instruction.of("Name the capital of France."),
                Instruction.of("Write a haiku about rain falling on tin roofs."),
                Instruction.of("Why do cats purr when they sleep?"),
                Instruction.of("Multiply seventeen by forty-two", "step by step"));
    }

    /** Before anything was added, everything is new. */
    @Test
    public void nearDuplicateOf_emptyIndex_isNone() throws Exception {
        NoveltyIndex index = create();
        for (Instruction instruction : unlike()) {
            assertThat(index.nearDuplicateOf(instruction))
                    .as(instruction.text())
                    .isEmpty();
        }
    }

    /** What was added is found, by its id and with a similarity from 0 to 1. */
    @Test
    public void nearDuplicateOf_addedInstruction_isItself() throws Exception {
        NoveltyIndex index = create();
        unlike().forEach(index::add);
        for (Instruction instruction : unlike()) {
            Match match = found(index, instruction);
            assertThat(match.instructionId()).as(instruction.text()).isEqualTo(instruction.id());
            assertThat(match.score()).as("similarity to itself").isBetween(0.0, 1.0);
        }
    }

    /** What is unlike anything added is new. */
    @Test
    public void nearDuplicateOf_unlikeInstruction_isNone() throws Exception {
        List<Instruction> instructions = unlike();
        NoveltyIndex index = create();
        instructions.subList(1, instructions.size()).forEach(index::add);
        assertThat(index.nearDuplicateOf(instructions.get(0)))
                .as(instructions.get(0).text())
                .isEmpty();
    }

    /** An instruction counts from the moment it is added, and stays: every one of many is found later. */
    @Test
    public void add_oneAfterTheOther_allAreFoundFromThenOn() throws Exception {
        NoveltyIndex index = create();
        List<Instruction> added = new ArrayList<>();
        for (Instruction instruction : randomInstructions(1)) {
            index.add(instruction);
            found(index, instruction);
            added.add(instruction);
        }
        for (Instruction instruction : added) {
            found(index, instruction);
        }
    }

    /** Asking leaves the index as it is. */
    @Test
    public void nearDuplicateOf_askedAgain_isTheSame() throws Exception {
        NoveltyIndex index = create();
        List<Instruction> instructions = unlike();
        index.add(instructions.get(0));
        for (Instruction instruction : instructions) {
            Optional<Match> answer = index.nearDuplicateOf(instruction);
            assertThat(index.nearDuplicateOf(instruction))
                    .as(instruction.text())
                    .isEqualTo(answer);
        }
    }

    /** An index that was filled alike decides alike, so that a run that is resumed ends as one that was not. */
    @Test
    public void nearDuplicateOf_indexFilledAlike_isTheSame() throws Exception {
        NoveltyIndex index = create();
        NoveltyIndex other = create();
        for (Instruction instruction : randomInstructions(2)) {
            assertThat(other.nearDuplicateOf(instruction))
                    .as(instruction.text())
                    .isEqualTo(index.nearDuplicateOf(instruction));
            index.add(instruction);
            other.add(instruction);
        }
    }

    /** {@link NoveltyIndex#accepts} says the same as {@link NoveltyIndex#nearDuplicateOf}. */
    @Test
    public void accepts_anyInstruction_agreesWithNearDuplicateOf() throws Exception {
        NoveltyIndex index = create();
        for (Instruction instruction : randomInstructions(3)) {
            assertThat(index.accepts(instruction))
                    .as(instruction.text())
                    .isEqualTo(index.nearDuplicateOf(instruction).isEmpty());
            index.add(instruction);
            assertThat(index.accepts(instruction))
                    .as("once added: %s", instruction.text())
                    .isFalse();
        }
    }

    /** No text breaks the index, and what it holds of it does not break what comes later. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lion.testing.UnusualTexts#all")
    public void add_unusualText_isTaken(String text) throws Exception {
        NoveltyIndex index = create();
        Instruction unusual = Instruction.of(text, text);
        assertThat(index.nearDuplicateOf(unusual)).isEmpty();
        index.add(unusual);
        index.add(unusual);
        assertThat(index.nearDuplicateOf(unusual)).isNotNull();
        Instruction ordinary = unlike().get(0);
        assertThat(index.nearDuplicateOf(ordinary)).isEmpty();
        index.add(ordinary);
        found(index, ordinary);
    }

    /** The description has words and never changes: a run is only continued under the same one. */
    @Test
    public void description_anyTime_isTheSame() throws Exception {
        NoveltyIndex index = create();
        String description = index.description();
        assertThat(description).isNotBlank();
        unlike().forEach(index::add);
        assertThat(index.description()).isEqualTo(description);
        assertThat(create().description()).isEqualTo(description);
    }

    private static Match found(NoveltyIndex index, Instruction added) {
        Optional<Match> match = index.nearDuplicateOf(added);
        assertThat(match)
                .as("the near-duplicate of what was added: %s", added.text())
                .isPresent();
        return match.orElseThrow();
    }

    // of few words, so that many come near others, and every fifth is there already
    private static List<Instruction> randomInstructions(long seed) {
        Random random = new Random(seed);
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            instructions.add(
                    i % 5 == 4
                            ? instructions.get(random.nextInt(i))
                            : Instruction.of(random.ints(4L + random.nextInt(8), 0, 20)
                                    .mapToObj(word -> "word" + word)
                                    .collect(Collectors.joining(" "))));
        }
        return instructions;
    }
}
