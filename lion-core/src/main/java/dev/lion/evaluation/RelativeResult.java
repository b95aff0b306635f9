package dev.lion.evaluation;

import dev.lion.data.EvaluationSummary.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good answers are beside those of a reference (paper, section 4): the sum of the candidate's scores over the sum of the
 * reference's, 1 where they are as good. Intervals are those of a bootstrap over the questions, each category drawn from
 * itself unless one has fewer than {@value #FEW} questions. Those of shares are never narrower than Wilson's, since a bootstrap
 * of equal outcomes has no width; of fewer than {@value #FEW} questions the relative quality may be anything, from 0.1 to 10.
 *
 * @param questions how many were asked
 * @param compared those that have all their verdicts, in order
 * @param missing those that have not, which count for nothing
 * @param overall over all that were compared; empty when none was
 * @param categories of each category that was compared, in order
 */
public record RelativeResult(
        int questions,
        List<Compared> compared,
        List<Missing> missing,
        Optional<Quality> overall,
        Map<String, Quality> categories) {
    /** Of so few questions a bootstrap says nothing. */
    static final int FEW = 5;

    private static final double ROUNDING = 1e-9;
    private static final double LEAST = 0.1;
    private static final double MOST = 10;

    public RelativeResult {
        compared = List.copyOf(compared);
        missing = List.copyOf(missing);
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
    }

    /**
     * One question.
     *
     * @param id of the question
     * @param category of the question
     * @param candidate mean score of the candidate's answer over the orders, from 1 to 10
     * @param reference mean score of the reference's answer
     * @param firstPlace by how many points the answer shown first was ahead, on the mean over the orders
     * @param flipped whether one order preferred one answer and the other order the other
     */
    public record Compared(
            String id, String category, double candidate, double reference, double firstPlace, boolean flipped) {
        /** 1 when the candidate's answer is better, -1 when the reference's is, 0 when neither. */
        public int outcome() {
            double gap = candidate - reference;
            return Math.abs(gap) < ROUNDING ? 0 : gap > 0 ? 1 : -1;
        }
    }

    /**
     * A question without scores.
     *
     * @param id of the question
     * @param reason why
     */
    public record Missing(String id, String reason) {}

    /**
     * What a group of questions came to.
     *
     * @param compared how many there are
     * @param relative the sum of the candidate's scores over the sum of the reference's
     * @param wins share of the questions on which the candidate's answer is better
     * @param ties share on which neither is
     * @param losses share on which the reference's is
     */
    public record Quality(int compared, Estimate relative, Estimate wins, Estimate ties, Estimate losses) {}

    static RelativeResult of(int questions, List<Compared> compared, List<Missing> missing, long seed) {
        Map<String, List<Compared>> byCategory = new LinkedHashMap<>();
        compared.forEach(each -> byCategory
                .computeIfAbsent(each.category(), name -> new ArrayList<>())
                .add(each));
        Map<String, Quality> categories = new LinkedHashMap<>();
        byCategory.forEach((name, group) -> categories.put(name, quality(List.of(group), seed)));
        Optional<Quality> overall =
                compared.isEmpty() ? Optional.empty() : Optional.of(quality(List.copyOf(byCategory.values()), seed));
        return new RelativeResult(questions, compared, missing, overall, categories);
    }

    private static Quality quality(List<List<Compared>> categories, long seed) {
        List<Compared> all = categories.stream().flatMap(List::stream).toList();
        List<List<Compared>> strata =
                categories.stream().anyMatch(each -> each.size() < FEW) ? List.of(all) : categories;
        return new Quality(
                all.size(),
                relative(strata, all, seed),
                share(strata, all, 1, seed),
                share(strata, all, 0, seed),
                share(strata, all, -1, seed));
    }

    private static Estimate relative(List<List<Compared>> strata, List<Compared> all, long seed) {
        return all.size() < FEW
                ? new Estimate(ratio(strata), LEAST, MOST)
                : Bootstrap.of(strata, RelativeResult::ratio, seed);
    }

    private static Estimate share(List<List<Compared>> strata, List<Compared> all, int outcome, long seed) {
        Estimate drawn = Bootstrap.of(strata, each -> share(each, outcome), seed);
        int found = (int) all.stream().filter(each -> each.outcome() == outcome).count();
        Estimate exact = Estimate.wilson(new Score(found, all.size()));
        return new Estimate(exact.value(), Math.min(drawn.low(), exact.low()), Math.max(drawn.high(), exact.high()));
    }

    private static double ratio(List<List<Compared>> strata) {
        double candidate = 0;
        double reference = 0;
        for (List<Compared> stratum : strata) {
            for (Compared each : stratum) {
                candidate += each.candidate();
                reference += each.reference();
            }
        }
        return candidate / reference;
    }

    private static double share(List<List<Compared>> strata, int outcome) {
        int all = 0;
        int found = 0;
        for (List<Compared> stratum : strata) {
            all += stratum.size();
            for (Compared each : stratum) {
                found += each.outcome() == outcome ? 1 : 0;
            }
        }
        return (double) found / all;
    }

    /** Questions on which one order preferred one answer and the other order the other. */
    public int flipped() {
        return (int) compared.stream().filter(Compared::flipped).count();
    }

    /**
     * By how many points the answer shown first is ahead on average, which is 0 for a referee without a bias; it says so only
     * where both orders were asked for.
     */
    public double firstPlaceAdvantage() {
        return compared.stream().mapToDouble(Compared::firstPlace).average().orElse(0);
    }
}
