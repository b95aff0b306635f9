package dev.lion.examples.puzzle;

import dev.lion.data.Instruction;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import java.util.Optional;

/**
 * Scores answers by solving the puzzle itself: 10 for the exact answer, 1 for a wrong one, between them where a part of an
 * answer means something. Both answers are scored alike, so the order does not matter. It has no state; any number of threads
 * may ask it.
 */
public final class PuzzleReferee implements Referee {
    private static final int SHOWN = 80;

    /** Abstains when no family understands the instruction. */
    @Override
    public Verdict judge(Comparison comparison) {
        Instruction instruction = comparison.instruction();
        String text = instruction.fullText();
        Optional<PuzzleFamily> family = Puzzles.familyOf(text);
        Optional<String> expected = family.flatMap(known -> known.solve(text));
        if (family.isEmpty() || expected.isEmpty()) {
            return Verdict.abstain(PuzzleTeacher.whyUnsolvable(instruction));
        }
        double first = score(family.get(), expected.get(), comparison.first().text());
        double second = score(family.get(), expected.get(), comparison.second().text());
        String evidence = "The answer is \"" + expected.get() + "\". First: "
                + reason(first, comparison.first().text()) + " Second: "
                + reason(second, comparison.second().text());
        return new Verdict.Scored(first, second, evidence, TokenUsage.NONE);
    }

    private static double score(PuzzleFamily family, String expected, String actual) {
        return Verdict.MIN_SCORE + (Verdict.MAX_SCORE - Verdict.MIN_SCORE) * family.credit(expected, actual);
    }

    private static String reason(double score, String actual) {
        String shown = actual.length() <= SHOWN ? actual : actual.substring(0, SHOWN) + "...";
        if (score == Verdict.MAX_SCORE) {
            return "exact.";
        }
        return (score == Verdict.MIN_SCORE ? "wrong: \"" : "partly right: \"") + shown + "\".";
    }
}
