package dev.lion.examples.puzzle;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Writes one new puzzle of the parent's family: of its size when the parent is hard, of the rarer size when it is easy. All
 * chance comes from the request's seed. It has no state; any number of threads may ask it.
 */
public final class PuzzleGenerator implements Generator {
    private static final int MAX_ATTEMPTS = 1_000;

    private final Set<String> excluded;

    /** Writes anything. */
    public PuzzleGenerator() {
        this(Set.of());
    }

    /** Never writes one of the excluded texts, such as those held out for evaluation. */
    public PuzzleGenerator(Set<String> excludedTexts) {
        excluded = Set.copyOf(excludedTexts);
    }

    /**
     * One instruction; none when a thousand attempts met only excluded texts.
     *
     * @throws UnsolvablePuzzleException when no family understands the parent
     */
    @Override
    public GenerationResponse generate(GenerationRequest request) {
        Instruction parent = request.parent();
        PuzzleFamily family = Puzzles.familyOf(parent.fullText()).orElseThrow(() -> PuzzleTeacher.unsolvable(parent));
        Size size = request.difficulty() == Difficulty.HARD
                ? family.sizeOf(parent.fullText()).orElseThrow(() -> PuzzleTeacher.unsolvable(parent))
                : Size.RARER;
        RandomGenerator random = Puzzles.stream("generated", request.randomSeed());
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            String text = family.compose(random, size);
            if (!excluded.contains(text) && !text.equals(parent.fullText())) {
                return GenerationResponse.of(Instruction.of(text));
            }
        }
        return GenerationResponse.of();
    }
}
