package dev.lion.examples.puzzle;

import dev.lion.data.Response;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import dev.lion.testing.RefereeContract;
import java.util.List;

class PuzzleRefereeContractTest extends RefereeContract {
    @Override
    protected Referee create() {
        return new PuzzleReferee();
    }

    @Override
    protected List<Comparison> comparisons() {
        PuzzleTeacher teacher = new PuzzleTeacher();
        return Puzzles.seeds(Puzzles.FAMILIES, Puzzles.FAMILIES.size(), 1).stream()
                .map(puzzle -> new Comparison(puzzle, teacher.answer(puzzle), Response.of("I do not know.")))
                .toList();
    }
}
