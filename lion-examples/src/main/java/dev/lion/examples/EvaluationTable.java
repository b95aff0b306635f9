package dev.lion.examples;

import dev.lion.cost.CostEstimate;
import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.evaluation.BenchmarkResult;
import dev.lion.evaluation.Contamination;
import dev.lion.evaluation.Estimate;
import dev.lion.evaluation.PairedDifference;
import dev.lion.evaluation.RelativeResult;
import dev.lion.evaluation.RelativeResult.Quality;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What an evaluation found, for people. */
final class EvaluationTable {
    private static final int NAMED = 5;

    private final PrintStream out;

    EvaluationTable(PrintStream out) {
        this.out = out;
    }

    /** What was near to the pool, where one is known. */
    void print(Optional<Contamination> seen, boolean kept) {
        seen.ifPresentOrElse(known -> print(known, kept), () -> say("no pool is known: not checked for contamination"));
    }

    private void print(Contamination seen, boolean kept) {
        List<Contamination.Near> near = seen.near();
        say(
                "%s compared with %s of the pool: %,d near (ROUGE-L of %s or more), %,d of them the same word for word%s",
                count(seen.items(), "item"),
                count(seen.pool(), "instruction"),
                near.size(),
                seen.leastScore(),
                seen.same(),
                near.isEmpty()
                        ? ""
                        : !kept ? "; left out" : seen.same() == 0 ? "; measured all the same" : "; these are left out");
        near.stream()
                .sorted(Comparator.comparingDouble(Contamination.Near::score).reversed())
                .limit(NAMED)
                .forEach(each -> say(
                        "  %.2f  %s%n        %s",
                        each.score(),
                        excerpt(each.item().fullText()),
                        excerpt(each.nearest().fullText())));
        if (near.size() > NAMED) {
            say("  and %,d more, all of them in the JSON", near.size() - NAMED);
        }
    }

    private static String count(int number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    private static String excerpt(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return Printable.name(line);
    }

    /**
     * Benchmarks by task.
     *
     * @param leftOut by benchmark and task, how many items the tasks have that are left out as a whole
     */
    void print(Map<String, BenchmarkResult> results, Map<String, Map<String, Integer>> leftOut) {
        results.forEach((name, result) -> print(name, result, leftOut.getOrDefault(name, Map.of())));
        leftOut.forEach((name, tasks) -> {
            if (!results.containsKey(name)) {
                leftOut(name, tasks);
            }
        });
        if (!results.isEmpty()) {
            out.println();
            say("chance: what guessing brings; unread: answers that hold none of the choices, which count as wrong");
        }
    }

    private void print(String name, BenchmarkResult result, Map<String, Integer> leftOut) {
        out.println();
        say(
                "%s: %s, %s, %s",
                name,
                count(result.tasks().size(), "task"),
                count(result.items(), "item"),
                result.byLikelihood() ? "the likeliest choice counts" : "written answers");
        int wide = Stream.concat(result.tasks().keySet().stream(), leftOut.keySet().stream())
                .mapToInt(task -> Printable.name(task).length())
                .reduce(31, Math::max);
        String row = "  %-" + wide + "s %6s %6s  %8s  %-11s %7s %7s";
        say(row, "task", "right", "of", "accuracy", "95 %", "chance", "unread");
        result.tasks()
                .forEach((task, found) -> say(
                        row,
                        Printable.name(task),
                        found.correct(),
                        found.total(),
                        share(found.accuracy().value()),
                        interval(found.accuracy()),
                        chance(found.chance()),
                        found.unread() == 0 ? "" : found.unread()));
        leftOut.forEach(
                (task, items) -> say(row, Printable.name(task), "all " + items + " left out", "", "", "", "", ""));
        average(row, "mean of the items", result.micro(), result.microChance());
        average(row, "mean of the tasks", result.macro(), result.macroChance());
        if (result.macroChance().isEmpty()) {
            result.macroOfChoices()
                    .ifPresent(mean ->
                            average(row, "mean of the tasks with a choice", mean, result.macroOfChoicesChance()));
        }
        if (result.tooLong() > 0) {
            say(
                    "  %s too long for the student's context: not asked, counted as wrong, not as unread",
                    count(result.tooLong(), "item"));
        }
    }

    private void leftOut(String name, Map<String, Integer> tasks) {
        out.println();
        say("%s: nothing is left to measure", name);
        tasks.forEach((task, items) -> say("  %s  all %,d left out", Printable.name(task), items));
    }

    private void average(String row, String name, Estimate mean, OptionalDouble chance) {
        say(row, name, "", "", share(mean.value()), interval(mean), chance(chance), "");
    }

    /** A paired difference in a sentence. */
    static String inWords(PairedDifference difference) {
        String verdict = difference.isFall()
                ? "worse"
                : difference.isRise() ? "better" : "no difference that chance does not explain";
        return String.format(
                Locale.ROOT,
                "Against the earlier evaluation, on %,d items of both: %+.1f points (%+.1f to %+.1f), %d gained, %d lost: %s",
                difference.items(),
                100 * difference.change().value(),
                100 * difference.change().low(),
                100 * difference.change().high(),
                difference.gained(),
                difference.lost(),
                verdict);
    }

    /** A comparison by category. */
    void print(RelativeResult result, String setting) {
        out.println();
        say("Open questions beside the reference, %s", setting);
        String row = "  %-18s %8s  %9s  %-13s  %-20s %-20s %-20s";
        say(row, "category", "compared", "relative", "95 %", "win", "tie", "loss");
        for (Map.Entry<String, Quality> category : result.categories().entrySet()) {
            quality(row, Printable.name(category.getKey()), category.getValue());
        }
        result.overall().ifPresent(quality -> quality(row, "all", quality));
        say(
                "  %d questions, %d without scores; %d preferred otherwise in the other order; the answer shown first is %+.2f"
                        + " points ahead",
                result.questions(), result.missing().size(), result.flipped(), result.firstPlaceAdvantage());
        result.missing().stream()
                .limit(NAMED)
                .forEach(each -> say("  left out: %s: %s", Printable.name(each.id()), excerpt(each.reason())));
    }

    private void quality(String row, String name, Quality quality) {
        say(
                row,
                name,
                quality.compared(),
                String.format(Locale.ROOT, "%.1f %%", 100 * quality.relative().value()),
                String.format(
                        Locale.ROOT,
                        "%.1f-%.1f",
                        100 * quality.relative().low(),
                        100 * quality.relative().high()),
                shareAndInterval(quality.wins()),
                shareAndInterval(quality.ties()),
                shareAndInterval(quality.losses()));
    }

    /** What a comparison is likely to take. */
    void print(CostEstimate estimate, String setting) {
        say("Open questions, %s", setting);
        say("  %-10s %8s %14s  %s", "", "calls", "tokens", "cost, from low to high");
        for (PaidRole role : List.of(PaidRole.TEACHER, PaidRole.REFEREE)) {
            Amount expected = estimate.expected(purpose -> purpose.role() == role);
            say(
                    "  %-10s %,8d %,14d  %s, %s to %s",
                    role,
                    expected.calls(),
                    expected.tokens().total(),
                    money(expected),
                    money(estimate.low(purpose -> purpose.role() == role)),
                    money(estimate.high(purpose -> purpose.role() == role)));
        }
        say("  each call of the referee makes as many requests as there are samples");
        say("assumed, from low to high where there are three figures:");
        estimate.assumptions().forEach(line -> say("- %s", line));
    }

    private static String money(Amount amount) {
        return amount.money().map(Money::toString).orElse("?");
    }

    private static String shareAndInterval(Estimate estimate) {
        return share(estimate.value()) + " (" + interval(estimate) + ")";
    }

    private static String interval(Estimate estimate) {
        return share(estimate.low()) + "-" + share(estimate.high());
    }

    private static String chance(OptionalDouble chance) {
        return chance.isPresent() ? share(chance.getAsDouble()) : "-";
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.2f", share);
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
