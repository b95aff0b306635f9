package dev.lion.examples;

import dev.lion.data.EvaluationSummary;
import dev.lion.loop.LoopResult;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import java.io.PrintStream;
import java.util.Optional;

/** The last words of a run: what came of it, where things are, and what to type next. */
final class Farewell {
    private final RunDirectory run;
    private final LoopResult result;

    Farewell(RunDirectory run, LoopResult result) {
        this.run = run;
        this.result = result;
    }

    void print(PrintStream out) {
        if (result.status() == LoopResult.Status.EXHAUSTED || result.status() == LoopResult.Status.ENDED_BY_RULE) {
            out.println("The run ended early: " + result.reason());
        }
        if (result.status() == LoopResult.Status.BUDGET_EXHAUSTED) {
            out.println("The run stopped early: " + result.reason());
        }
        printAccuracy(out);
        new SpendingTable(run.spending()).print(out);
        out.println();
        out.println("The run      " + run.path());
        result.student().ifPresent(student -> out.println("The student  " + student + keptInstead()));
        out.println("The report   " + WatchedRun.page(run).toAbsolutePath().toUri());
        if (result.student().isPresent()) {
            out.println();
            out.println("Ask the student    " + CommandPrefix.get() + " chat --student " + run.path());
        }
    }

    private String keptInstead() {
        return last().filter(last -> last.rolledBackTo().isPresent())
                .map(last -> " (kept; that of iteration " + last.iteration() + " was set aside)")
                .orElse("");
    }

    private void printAccuracy(PrintStream out) {
        var table = new AccuracyTable();
        for (IterationSummary iteration : result.iterations()) {
            Optional<EvaluationSummary> evaluation = iteration.evaluation();
            evaluation.ifPresent(summary -> table.add("iter. " + iteration.iteration(), summary));
        }
        if (result.iterations().stream()
                .anyMatch(iteration -> iteration.evaluation().isPresent())) {
            out.println();
            out.println("Accuracy on held-out items");
            table.print(out);
            kept().flatMap(IterationSummary::evaluation)
                    .flatMap(summary -> new AccuracyTable().add("kept", summary).weakest(0.5))
                    .ifPresent(weak -> out.println("Weakest: " + weak));
        }
    }

    private Optional<IterationSummary> last() {
        return result.iterations().stream().reduce((a, b) -> b);
    }

    private Optional<IterationSummary> kept() {
        return last().flatMap(last -> result.iterations().stream()
                .filter(each -> each.iteration() == last.keptIteration())
                .findFirst());
    }
}
