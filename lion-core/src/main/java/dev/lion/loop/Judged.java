package dev.lion.loop;

import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import dev.lion.data.JudgingSummary;
import dev.lion.run.Answer;
import dev.lion.run.IterationSummary.Discrimination;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What one discrimination brought.
 *
 * @param studentAnswers to the instructions that were judged, in pool order
 * @param judgements of the instructions that were judged, in pool order; like the answers, each is read from disk when it
 *     is looked at, while the discrimination's journals are open
 * @param scored the same without the referee's words, which are not in memory
 * @param representative those of them that stand for all answered ones, each with both verdicts unless one is missing
 * @param summary how the referee was used
 */
record Judged(
        List<Answer> studentAnswers,
        List<Judgement> judgements,
        List<Judgement> scored,
        List<Judgement> representative,
        JudgingSummary summary) {
    Discrimination discrimination(InstructionPool cachePool, Split split) {
        int hard = split.hard().size();
        int easy = split.easy().size();
        return new Discrimination(
                hard,
                easy,
                cachePool.size() - hard - easy - summary.notJudged() - summary.discarded(),
                mean(Judgement::teacherScore),
                mean(Judgement::studentScore),
                summary);
    }

    private double mean(Function<Judgement, OptionalDouble> score) {
        return representative.stream()
                .flatMapToDouble(judgement -> score.apply(judgement).stream())
                .average()
                .orElseThrow();
    }

    static String describe(Discrimination result) {
        JudgingSummary judging = result.judging();
        var words = new StringBuilder(format(
                "%d hard, %d easy, %d missing; mean score %.1f, the teacher's %.1f",
                result.hard(), result.easy(), result.missing(), result.studentScore(), result.teacherScore()));
        if (judging.discarded() > 0) {
            words.append(format("; %d discarded as the order changed the winner", judging.discarded()));
        }
        JudgingSummary.Orders orders = judging.orders();
        if (orders.conflicts() > 0) {
            words.append(format(
                    "; the order changed %.0f%% of outcomes and %.0f%% of winners, the first shown gained %+.2f",
                    100 * orders.conflictRate(), 100 * orders.flipRate(), orders.positionDelta()));
        }
        judging.estimates()
                .ifPresent(estimates -> words.append(format(
                        "; %d not judged, %.0f%% of the referee's calls saved, about %.0f%% of the hard found (%.0f to %.0f)",
                        judging.notJudged(),
                        100 * judging.savedShare(),
                        100 * estimates.found().estimate(),
                        100 * estimates.found().low(),
                        100 * estimates.found().high())));
        return words.toString();
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
