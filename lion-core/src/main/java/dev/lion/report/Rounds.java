package dev.lion.report;

import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.Judgement;
import dev.lion.run.IterationSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How every instruction fared each time it was judged: scores only, without the referee's words. */
final class Rounds {
    /** One judging of one instruction; without a finding when a verdict was missing. */
    record Round(int iteration, Optional<Finding> finding, double studentScore) {
        boolean isHard() {
            return finding.filter(found -> found.difficulty() == Difficulty.HARD)
                    .isPresent();
        }
    }

    private final Map<String, List<Round>> byInstruction = new LinkedHashMap<>();
    private final List<Integer> iterations = new ArrayList<>();

    private Rounds() {}

    static Rounds of(ReportData data) {
        Rounds rounds = new Rounds();
        for (IterationSummary summary : data.summaries()) {
            if (summary.discrimination().isPresent()) {
                rounds.iterations.add(summary.iteration());
                data.texts().judgements(summary.iteration(), j -> rounds.add(summary.iteration(), j));
            }
        }
        return rounds;
    }

    private void add(int iteration, Judgement judgement) {
        byInstruction
                .computeIfAbsent(judgement.instructionId(), id -> new ArrayList<>(2))
                .add(new Round(
                        iteration,
                        judgement.finding(),
                        Scores.students(judgement).mean()));
    }

    /** Every judging of an instruction, in order; none when it was never judged. */
    List<Round> of(String instructionId) {
        return Collections.unmodifiableList(byInstruction.getOrDefault(instructionId, List.of()));
    }

    Map<String, List<Round>> all() {
        return Collections.unmodifiableMap(byInstruction);
    }

    /** The instructions that got a finding in every iteration: the only ones that compare like with like. */
    List<String> alwaysJudged() {
        return byInstruction.entrySet().stream()
                .filter(e -> e.getValue().stream()
                                .filter(r -> r.finding().isPresent())
                                .count()
                        == iterations.size())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Mean gap in one iteration over instructions that were all judged in it. */
    double meanGap(List<String> ids, int iteration) {
        return in(iteration, ids)
                .mapToDouble(round -> round.finding().orElseThrow().gap())
                .average()
                .orElse(0);
    }

    /** Share of those instructions that were hard. */
    double hardShare(List<String> ids, int iteration) {
        return in(iteration, ids)
                .mapToDouble(round -> round.isHard() ? 1 : 0)
                .average()
                .orElse(0);
    }

    /** The gaps that some instructions had in one iteration. */
    List<Double> gaps(Collection<String> ids, int iteration) {
        return in(iteration, ids)
                .flatMap(round -> round.finding().stream())
                .map(Finding::gap)
                .toList();
    }

    /** How some instructions fared in one iteration. */
    Stream<Round> in(int iteration, Collection<String> ids) {
        return ids.stream().flatMap(id -> of(id).stream()).filter(round -> round.iteration() == iteration);
    }
}
