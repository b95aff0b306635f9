package dev.lion.run;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.ImitationSummary;
import dev.lion.data.JudgingSummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one iteration did: {@code summary.json}. Iteration 0 imitates the seeds and has neither discrimination nor
 * generation. It holds no clock time, so equal runs have equal summaries.
 *
 * @param iteration from 0
 * @param discrimination scores and the split of the Cache Pool; empty in iteration 0
 * @param generation what was accepted and rejected; empty in iteration 0
 * @param trainPool instructions in the Train Pool of this iteration's imitation
 * @param cachePool instructions in the Cache Pool at the end of the iteration
 * @param unanswered instructions of the Train Pool left out of imitation, because the teacher's answer is missing, cut,
 *     withheld or blank
 * @param imitation what the student learnt from
 * @param evaluation accuracy afterwards, when there is an evaluation
 * @param keptIteration the iteration whose student the run went on with: this one, unless it was rolled back
 */
public record IterationSummary(
        int iteration,
        Optional<Discrimination> discrimination,
        Optional<Generation> generation,
        int trainPool,
        int cachePool,
        int unanswered,
        ImitationSummary imitation,
        Optional<EvaluationSummary> evaluation,
        int keptIteration) {
    public IterationSummary {
        if (keptIteration < 0 || keptIteration > iteration) {
            throw new IllegalArgumentException(
                    "the kept student must be of an iteration from 0 to " + iteration + ", but is of " + keptIteration);
        }
    }

    /** The same iteration, after which the run went on with the student of another one. */
    public IterationSummary keeping(int newKeptIteration) {
        return new IterationSummary(
                iteration,
                discrimination,
                generation,
                trainPool,
                cachePool,
                unanswered,
                imitation,
                evaluation,
                newKeptIteration);
    }

    /** The iteration whose student the run went back to; empty when it went on with this one's. */
    public OptionalInt rolledBackTo() {
        return keptIteration == iteration ? OptionalInt.empty() : OptionalInt.of(keptIteration);
    }

    /**
     * The split of the Cache Pool. What is neither hard nor easy nor missing is counted in {@code judging}.
     *
     * @param hard instructions in the hard part
     * @param easy instructions in the easy part
     * @param missing instructions left out, because an answer or a verdict was missing
     * @param teacherScore mean score of the teacher, from 1 to 10, over the instructions judged in both orders: all or,
     *     when something was saved, the random part that always is
     * @param studentScore the same of the student
     * @param judging how the referee was used
     */
    public record Discrimination(
            int hard, int easy, int missing, double teacherScore, double studentScore, JudgingSummary judging) {
        /** Mean gap d = teacher − student. */
        public double gap() {
            return teacherScore - studentScore;
        }

        /** Hard instructions as a share of the judged, or of all when that was estimated; 0 when none was judged. */
        public double hardShare() {
            return judging.estimates()
                    .map(JudgingSummary.Estimates::hardShare)
                    .orElse(hard + easy == 0 ? 0 : (double) hard / (hard + easy));
        }
    }

    /**
     * What the generator brought.
     *
     * @param requests calls that were made
     * @param hard accepted instructions from hard parents
     * @param easy accepted instructions from easy parents
     * @param rejected rejected instructions by the rule that rejected them, and what the generator itself held back by reason
     */
    public record Generation(int requests, int hard, int easy, Map<String, Integer> rejected) {
        public Generation {
            rejected = Collections.unmodifiableMap(new LinkedHashMap<>(rejected));
        }
    }
}
