package dev.lion.examples.puzzle;

import dev.lion.data.Instruction;
import dev.lion.role.Generator;
import dev.lion.testing.GeneratorContract;
import java.util.List;

class PuzzleGeneratorContractTest extends GeneratorContract {
    @Override
    protected Generator create() {
        return new PuzzleGenerator();
    }

    @Override
    protected List<Instruction> parents() {
        return Puzzles.seeds(Puzzles.FAMILIES, Puzzles.FAMILIES.size(), 1);
    }
}
