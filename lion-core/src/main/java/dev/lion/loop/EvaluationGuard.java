package dev.lion.loop;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.data.Instruction;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.novelty.RougeLIndex;
import dev.lion.novelty.Tokenization;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Keeps items of an evaluation out of what is trained on. Nothing is added to its index once it is built. */
final class EvaluationGuard implements AcceptanceRule {
    static final String NAME = "near-evaluation";
    static final double LEAST_SCORE = 0.7;

    private final NoveltyIndex items;
    private final String description;

    private EvaluationGuard(NoveltyIndex items, String description) {
        this.items = items;
        this.description = description;
    }

    static EvaluationGuard against(Collection<Instruction> items, double leastScore, Tokenization tokenization) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a guard of an evaluation needs at least one item of it");
        }
        if (!(leastScore > 0 && leastScore <= 1)) {
            throw new IllegalArgumentException(
                    "the least ROUGE-L score of a copy must be above 0 and at most 1, but is " + leastScore);
        }
        NoveltyIndex index = new RougeLIndex(Math.nextDown(leastScore), tokenization); // it rejects what is above
        Hasher contents = Hashing.sha256().newHasher();
        for (Instruction item : items) {
            index.add(item);
            contents.putString(item.id(), StandardCharsets.UTF_8);
        }
        String tokens = tokenization == Tokenization.UNICODE ? ", Unicode tokens" : "";
        return new EvaluationGuard(
                index,
                NAME + " (ROUGE-L of " + leastScore + " or more with one of " + items.size() + " items, "
                        + contents.hash().toString().substring(0, 16) + tokens + ")");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Optional<String> rejection(Instruction candidate) {
        return items.nearDuplicateOf(candidate)
                .map(item -> String.format(
                        Locale.ROOT, "has ROUGE-L %.2f with %s of the evaluation", item.score(), item.instructionId()));
    }

    @Override
    public String toString() {
        return description;
    }
}
