package dev.lion.cost;

import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.run.Purpose;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** An estimate as text, at most 100 columns wide but for the assumptions. */
final class EstimateTable {
    private final CostEstimate estimate;
    private final StringBuilder text = new StringBuilder();

    EstimateTable(CostEstimate estimate) {
        this.estimate = estimate;
    }

    String text() {
        row("", "calls", "tokens", "cost, from low to high");
        for (CostEstimate.Line line : estimate.lines()) {
            Purpose purpose = line.purpose();
            row(
                    "iteration " + purpose.iteration() + "  " + lower(purpose.stage()) + ", " + purpose.role(),
                    line.low(),
                    line.expected(),
                    line.high());
        }
        for (PaidRole role : PaidRole.values()) {
            total("all of the " + role, purpose -> purpose.role() == role);
        }
        total("total", purpose -> true);
        text.append(String.format(
                Locale.ROOT,
                "time: about %s, from %s to %s%n",
                Words.duration(estimate.expected()),
                Words.duration(estimate.low()),
                Words.duration(estimate.high())));
        text.append(String.format(Locale.ROOT, "assumed, from low to high where there are three figures:%n"));
        estimate.assumptions().forEach(line -> text.append(String.format(Locale.ROOT, "- %s%n", line)));
        return text.toString();
    }

    private void total(String name, Predicate<Purpose> wanted) {
        row(name, estimate.low(wanted), estimate.expected(wanted), estimate.high(wanted));
    }

    private void row(String name, Amount low, Amount expected, Amount high) {
        row(name, Words.count(expected.calls()), compact(expected.tokens().total()), cost(low, expected, high));
    }

    private void row(String name, String calls, String tokens, String cost) {
        text.append(String.format(Locale.ROOT, "%-37s %10s %10s  %s", name, calls, tokens, cost)
                        .stripTrailing())
                .append(System.lineSeparator());
    }

    private static String cost(Amount low, Amount expected, Amount high) {
        List<String> money = List.of(low, expected, high).stream()
                .map(Amount::money)
                .flatMap(Optional::stream)
                .map(Money::toString)
                .toList();
        return money.size() < 3 ? "no price" : money.get(1) + " (" + money.get(0) + " to " + money.get(2) + ")";
    }

    private static String compact(long tokens) {
        return tokens < 10_000_000 ? Words.count(tokens) : String.format(Locale.ROOT, "%.1fM", tokens / 1e6);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
