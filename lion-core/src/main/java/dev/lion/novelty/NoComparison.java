package dev.lion.novelty;

import dev.lion.data.Instruction;
import java.util.Optional;

/** Compares nothing with nothing. */
enum NoComparison implements NoveltyIndex {
    INSTANCE;

    @Override
    public void add(Instruction instruction) {
        // nothing will be compared with it
    }

    @Override
    public Optional<Match> nearDuplicateOf(Instruction candidate) {
        return Optional.empty();
    }

    @Override
    public String description() {
        return "none: near-duplicates are taken";
    }
}
