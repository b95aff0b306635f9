package dev.lion.examples.bench;

import dev.lion.data.JudgingSummary;
import dev.lion.data.Share;
import dev.lion.examples.bench.SimulatedRun.Outcome;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Medians over several runs of one plan. */
final class PlanFigures {
    private final List<List<Outcome>> runs;

    private PlanFigures(List<List<Outcome>> runs) {
        this.runs = runs;
    }

    static PlanFigures of(List<List<Outcome>> runs) {
        return new PlanFigures(runs);
    }

    /** Of the three iterations together. */
    private double ratio(ToDoubleFunction<Outcome> part, ToDoubleFunction<Outcome> whole) {
        return median(run -> ratio(run, part, whole));
    }

    /** Of one iteration, from 1. */
    private double ratio(int iteration, ToDoubleFunction<Outcome> part, ToDoubleFunction<Outcome> whole) {
        return median(run -> ratio(run.subList(iteration - 1, iteration), part, whole));
    }

    private static double ratio(List<Outcome> run, ToDoubleFunction<Outcome> part, ToDoubleFunction<Outcome> whole) {
        double all = run.stream().mapToDouble(whole).sum();
        return all == 0 ? 0 : run.stream().mapToDouble(part).sum() / all;
    }

    private double median(ToDoubleFunction<List<Outcome>> figure) {
        double[] ascending = runs.stream().mapToDouble(figure).sorted().toArray();
        return (ascending[(ascending.length - 1) / 2] + ascending[ascending.length / 2]) / 2;
    }

    double calls() {
        return ratio(o -> o.summary().calls(), o -> o.summary().fullCalls());
    }

    double calls(int iteration) {
        return ratio(iteration, o -> o.summary().calls(), o -> o.summary().fullCalls());
    }

    double totalCalls() {
        return median(run -> run.stream().mapToDouble(o -> o.summary().calls()).sum());
    }

    double recall() {
        return ratio(Outcome::found, Outcome::hard);
    }

    double recall(int iteration) {
        return ratio(iteration, Outcome::found, Outcome::hard);
    }

    double precision() {
        return ratio(Outcome::found, Outcome::called);
    }

    /** Recall among those that both full judging and the truth call hard. */
    double trueRecall() {
        return ratio(Outcome::foundTrulyHard, Outcome::trulyHard);
    }

    double foundAgain() {
        return ratio(Outcome::foundAgain, Outcome::hard);
    }

    double trulyHard() {
        return ratio(Outcome::trulyHard, Outcome::hard);
    }

    double hardShare() {
        return ratio(Outcome::hard, o -> o.summary().fullCalls() / 2.0);
    }

    double conflictRate() {
        return ratio(o -> o.orders().conflicts(), o -> o.orders().compared());
    }

    double differing() {
        return ratio(Outcome::differing, Outcome::closed);
    }

    /** An estimate that the loop would report, weighted by hard instructions. */
    double estimated(Function<JudgingSummary.Estimates, Share> estimate, ToDoubleFunction<Share> end) {
        return ratio(
                o -> o.hard()
                        * o.summary()
                                .estimates()
                                .map(estimate)
                                .map(end::applyAsDouble)
                                .orElse(1.0),
                Outcome::hard);
    }

    /** How many of the iterations' true figures lie in the interval that the loop would report. */
    double covered(Function<JudgingSummary.Estimates, Share> estimate, ToDoubleFunction<Outcome> truth) {
        return runs.stream()
                .flatMap(List::stream)
                .filter(o -> o.summary().estimates().isPresent())
                .mapToDouble(o -> {
                    Share share = o.summary().estimates().map(estimate).orElseThrow();
                    double value = truth.applyAsDouble(o);
                    return value >= share.low() - 1e-9 && value <= share.high() + 1e-9 ? 1 : 0;
                })
                .average()
                .orElse(1);
    }
}
