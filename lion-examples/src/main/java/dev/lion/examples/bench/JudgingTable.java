package dev.lion.examples.bench;

import dev.lion.data.JudgingSummary.Estimates;
import dev.lion.data.Share;
import dev.lion.examples.bench.SimulatedRun.Outcome;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Plans under each other, all figures in per cent. */
final class JudgingTable {
    private JudgingTable() {}

    static void print(PrintStream out, Map<String, PlanFigures> plans) {
        out.printf(
                "  %-36s %7s %6s %-17s %6s %-17s %5s %6s %-15s %9s %-15s%n",
                "plan",
                "calls",
                "of all",
                "by iteration",
                "recall",
                "by iteration",
                "prec.",
                "truly*",
                "est. recall**",
                "differ***",
                "est. differ**");
        plans.forEach((name, plan) -> out.printf(
                Locale.ROOT,
                "  %-36s %7.0f %6.1f %5.1f %5.1f %5.1f %6.1f %5.1f %5.1f %5.1f %5.1f %6.1f %-15s %9.1f %-15s%n",
                name,
                plan.totalCalls(),
                100 * plan.calls(),
                100 * plan.calls(1),
                100 * plan.calls(2),
                100 * plan.calls(3),
                100 * plan.recall(),
                100 * plan.recall(1),
                100 * plan.recall(2),
                100 * plan.recall(3),
                100 * plan.precision(),
                100 * plan.trueRecall(),
                estimate(
                        plan.estimated(Estimates::found, Share::estimate),
                        plan.covered(Estimates::found, JudgingTable::recall)),
                100 * plan.differing(),
                estimate(
                        plan.estimated(Estimates::differing, Share::high),
                        plan.covered(Estimates::differing, JudgingTable::differing))));
        out.println(
                "  * recall of those that are truly hard as well; ** as the loop reports it: the estimate (recall) or the"
                        + " bound (different decisions), and how many true figures lie in the 95 % interval; *** of those judged in"
                        + " one order");
    }

    private static String estimate(double figure, double covered) {
        return String.format(Locale.ROOT, "%5.1f (%3.0f)", 100 * figure, 100 * covered);
    }

    private static double recall(Outcome outcome) {
        return (double) outcome.found() / outcome.hard();
    }

    private static double differing(Outcome outcome) {
        return outcome.closed() == 0 ? 0 : (double) outcome.differing() / outcome.closed();
    }
}
