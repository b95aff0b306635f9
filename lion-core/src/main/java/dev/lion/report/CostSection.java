package dev.lion.report;

import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.run.Purpose;
import dev.lion.run.Spending;
import dev.lion.run.SpendingEntry;
import dev.lion.run.Stage;
import java.util.EnumSet;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the calls took, by iteration, stage and role, beside what had been expected. */
final class CostSection {
    private static final String UNKNOWN = "\u2013";

    private final Spending spending;
    private final Element body = Element.of("tbody");

    private CostSection(Spending spending) {
        this.spending = spending;
    }

    /** Whether there is anything to show. */
    static boolean isNeeded(ReportData data) {
        return data.spending().total().calls() > 0;
    }

    static Element of(ReportData data) {
        Element section = Layout.section(
                "cost",
                "What the calls took",
                "Attempts, those that failed included, with the tokens that the roles reported. Money is in"
                        + " US dollars, at the prices the run was given; expected is what was estimated before it began.");
        section.add(
                Element.of("div", "card scroll").with("tabindex", "0").add(new CostSection(data.spending()).table()));
        long unpriced = data.spending().unpriced().total();
        if (unpriced > 0) {
            section.add(Layout.note(
                    "No price was known for " + Figures.count(unpriced, "token") + ", so their cost is not included."));
        }
        return section;
    }

    private Element table() {
        Element head = Element.of("tr");
        Stream.of("", "Calls", "Failed", "Tokens read", "Tokens written", "Cost", "Expected calls", "Expected cost")
                .forEach(name -> head.add(Element.of("th").with("scope", "col").text(name)));
        NavigableSet<Purpose> purposes = new TreeSet<>();
        Stream.concat(spending.spent().stream(), spending.estimated().stream())
                .map(SpendingEntry::purpose)
                .forEach(purposes::add);
        purposes.forEach(each ->
                row("Iteration " + each.iteration() + ", " + name(each.stage()) + ", " + each.role(), each::equals));
        for (PaidRole role : PaidRole.values()) {
            Set<Stage> stages = EnumSet.noneOf(Stage.class);
            purposes.stream().filter(each -> each.role() == role).forEach(each -> stages.add(each.stage()));
            if (stages.size() > 1) {
                stages.forEach(stage -> row(
                        "All of the " + role + " in " + name(stage),
                        purpose -> purpose.role() == role && purpose.stage() == stage));
            }
            row("All of the " + role, purpose -> purpose.role() == role);
        }
        row("All", purpose -> true);
        return Element.of("table", "counts").add(Element.of("thead").add(head), body);
    }

    private static String name(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private void row(String name, Predicate<Purpose> wanted) {
        Amount spent = spending.total(wanted);
        Amount expected = spending.expected(wanted);
        Element row = Element.of("tr").add(Element.of("th").with("scope", "row").text(name));
        Stream.of(
                        Figures.count(spent.calls()),
                        Figures.count(spent.failed()),
                        Figures.shortCount(spent.tokens().inputTokens()),
                        Figures.shortCount(spent.tokens().outputTokens()),
                        words(spent.money()),
                        expected.calls() == 0 ? UNKNOWN : Figures.count(expected.calls()),
                        words(expected.money()))
                .forEach(value -> row.add(Element.of("td").text(value)));
        body.add(row);
    }

    private static String words(Optional<Money> money) {
        return money.map(Money::toString).orElse(UNKNOWN);
    }
}
