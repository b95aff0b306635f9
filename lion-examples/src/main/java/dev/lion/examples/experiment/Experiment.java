package dev.lion.examples.experiment;

import dev.lion.report.ExperimentResult;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Published;
import dev.lion.report.ExperimentResult.Run;
import java.util.List;
import java.util.Optional;

/**
 * A question and the runs that answer it.
 *
 * @param name on the command line
 * @param question in a sentence
 * @param trials what is run, from every seed
 * @param pairs which trials are compared
 * @param together how many of the comparisons count as made at once: all of a search, 1 where the first is the question and
 *     the others are beside it
 * @param published the paper's figures beside
 * @param claim what was found, in a sentence, from the runs that are done
 * @param notes what limits the result, a paragraph each
 */
record Experiment(
        String name,
        String question,
        List<Trial> trials,
        List<Pair> pairs,
        int together,
        List<Published> published,
        Claim claim,
        List<String> notes) {
    Experiment {
        trials = List.copyOf(trials);
        pairs = List.copyOf(pairs);
        published = List.copyOf(published);
        notes = List.copyOf(notes);
    }

    /** One trial less another. */
    record Pair(String trial, String baseline) {}

    /** Puts what was found into words. */
    @FunctionalInterface
    interface Claim {
        /** The claim, and sentences that temper it, from runs of seeds that every trial has. */
        List<String> of(List<ExperimentResult.Arm> arms, List<Run> runs, List<Comparison> comparisons);
    }

    /** The differences of all pairs in a measure, as far as there are runs. */
    List<Comparison> comparisons(String measure, List<Run> runs) {
        return pairs.stream()
                .map(pair -> Differences.between(pair.trial(), pair.baseline(), measure, runs, together))
                .flatMap(Optional::stream)
                .toList();
    }
}
