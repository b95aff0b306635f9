package dev.lion.examples;

import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.run.Purpose;
import dev.lion.run.Spending;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Predicate;

/** What a run's calls took, by role, beside what was expected of the whole run. */
final class SpendingTable {
    private final Spending spending;

    SpendingTable(Spending spending) {
        this.spending = spending;
    }

    /** Prints nothing when nothing was spent. */
    void print(PrintStream out) {
        if (spending.total().calls() == 0) {
            return;
        }
        out.println();
        out.printf("Spent so far%10s%14s%12s%12s%n", "calls", "tokens", "cost", "expected");
        for (PaidRole role : PaidRole.values()) {
            row(out, role.toString(), purpose -> purpose.role() == role);
        }
        row(out, "all", purpose -> true);
    }

    private void row(PrintStream out, String name, Predicate<Purpose> wanted) {
        Amount spent = spending.total(wanted);
        out.printf(
                Locale.ROOT,
                "  %-10s%,10d%,14d%12s%12s%n",
                name,
                spent.calls(),
                spent.tokens().total(),
                words(spent),
                words(spending.expected(wanted)));
    }

    private static String words(Amount amount) {
        return amount.money().map(Money::toString).orElse("-");
    }
}
