package dev.lion.examples.puzzle;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Teacher;

/** Solves puzzles by rules, exactly and at once. It has no state; any number of threads may ask it. */
public final class PuzzleTeacher implements Teacher {
    private static final int SHOWN = 120;

    /**
     * Answers with the target alone.
     *
     * @throws UnsolvablePuzzleException when no family understands the instruction
     */
    @Override
    public Response answer(Instruction instruction) {
        return Response.of(solve(instruction));
    }

    private static String solve(Instruction instruction) {
        String text = instruction.fullText();
        return Puzzles.familyOf(text).flatMap(family -> family.solve(text)).orElseThrow(() -> unsolvable(instruction));
    }

    /** Says which text no rule covers, and what to do about it. */
    static UnsolvablePuzzleException unsolvable(Instruction instruction) {
        return new UnsolvablePuzzleException(whyUnsolvable(instruction));
    }

    static String whyUnsolvable(Instruction instruction) {
        String text = instruction.fullText();
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return "instruction " + instruction.id() + " is not a puzzle of a known family, or no rule covers its wording;"
                + " use a language model as teacher for it, or leave it out: " + shown;
    }
}
