package dev.lion.report;

import dev.lion.data.Instruction;
import dev.lion.run.IterationSummary;
import dev.lion.run.Spending;
import dev.lion.run.StageTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What the page is made from. Answers and judgements are read whenever they are looked at, since all of them at once may be
 * larger than memory.
 *
 * @param name what to call the run
 * @param unfinished the iteration that was begun and is not finished; empty when there is none
 * @param earlyEnd why the run ended before its last iteration; empty when it did not
 * @param missing files that were taken away, so that what they held is not shown
 * @param hardRule which gaps are hard, in words
 * @param settings the configuration, in the order to show it
 * @param summaries the iterations that are complete, in order
 * @param stageTimes time on the clock, in any order
 * @param spending what the calls took
 * @param instructions seeds and accepted instructions, in the order in which they entered the Cache Pool
 * @param texts answers and judgements
 * @param family the kind of an instruction, where that is known
 */
record ReportData(
        String name,
        OptionalInt unfinished,
        Optional<String> earlyEnd,
        List<String> missing,
        String hardRule,
        List<Setting> settings,
        List<IterationSummary> summaries,
        List<StageTime> stageTimes,
        Spending spending,
        List<Instruction> instructions,
        RunTexts texts,
        Function<Instruction, Optional<String>> family) {
    ReportData {
        missing = List.copyOf(missing);
        settings = List.copyOf(settings);
        summaries = List.copyOf(summaries);
        stageTimes = List.copyOf(stageTimes);
        instructions = List.copyOf(instructions);
    }

    /** One line of the configuration. */
    record Setting(String name, String value) {}

    /** The complete iterations in which at least one instruction was found hard or easy. */
    List<IterationSummary> judgedIterations() {
        return summaries.stream()
                .filter(s ->
                        s.discrimination().filter(d -> d.hard() + d.easy() > 0).isPresent())
                .toList();
    }

    /** The complete iterations with a generation. */
    List<IterationSummary> generatingIterations() {
        return summaries.stream().filter(s -> s.generation().isPresent()).toList();
    }

    /** The iteration whose student is the run's; empty when no iteration is complete. */
    Optional<IterationSummary> kept() {
        return summaries.stream()
                .filter(s ->
                        s.iteration() == summaries.get(summaries.size() - 1).keptIteration())
                .findFirst();
    }

    /** Of the evaluated iterations the one that stands for the run's student; there must be at least one. */
    IterationSummary evaluatedLast() {
        List<IterationSummary> evaluated = evaluatedIterations();
        return kept().filter(evaluated::contains).orElseGet(() -> evaluated.get(evaluated.size() - 1));
    }

    /** The complete iterations after which at least one held-out item was asked. */
    List<IterationSummary> evaluatedIterations() {
        return summaries.stream()
                .filter(s -> s.evaluation().filter(e -> e.overall().total() > 0).isPresent())
                .toList();
    }
}
