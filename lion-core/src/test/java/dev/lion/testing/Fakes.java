package dev.lion.testing;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import java.util.stream.Stream;

/** Short forms for tests. */
public final class Fakes {
    private Fakes() {}

    /** A pool of seed instructions with these texts. */
    public static InstructionPool pool(String... texts) {
        return InstructionPool.of(Stream.of(texts).map(Instruction::of).toList());
    }
}
