package dev.lion.report;

import dev.lion.data.JudgingSummary.Orders;
import dev.lion.report.Rounds.Round;
import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Discrimination;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Further views of the judgings: how the gaps are spread, hard share by family, and what the order of answers did. */
final class SpreadSection {
    private static final int SHADES = 10;
    private static final int NAME = 120;

    private final Rounds rounds;
    private final Families families;
    private final List<IterationSummary> judged;

    SpreadSection(ReportData data, Rounds rounds, Families families) {
        this.rounds = rounds;
        this.families = families;
        this.judged = data.judgedIterations();
    }

    /** The cards, none when nothing was judged. */
    List<Element> cards() {
        List<Element> cards = new ArrayList<>();
        if (!judged.isEmpty()) {
            spread().ifPresent(cards::add);
            byFamily().ifPresent(cards::add);
            orders().ifPresent(cards::add);
        }
        return cards;
    }

    private Optional<Element> spread() {
        int first = judged.get(0).iteration();
        int last = judged.get(judged.size() - 1).iteration();
        List<String> same = rounds.alwaysJudged();
        boolean both = last > first && !same.isEmpty();
        Collection<String> ids = both ? same : rounds.all().keySet();
        List<Double> before = rounds.gaps(ids, both ? first : last);
        List<Double> after = both ? rounds.gaps(ids, last) : List.of();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        String caption = both
                ? "the same " + Figures.count(before.size(), "instruction")
                        + " when first and when last judged, share by gap"
                : Figures.count(before.size(), "instruction") + ", share by gap";
        Histogram chart = new Histogram(
                "spread-chart",
                "Instructions by score gap, rounded to points",
                "iteration " + (both ? first : last),
                "iteration " + last,
                before,
                after);
        return Optional.of(Layout.chart("How the gaps are spread", caption, chart.render()));
    }

    private Optional<Element> byFamily() {
        if (families.names().isEmpty()) {
            return Optional.empty();
        }
        Element head = Element.of("tr").add(column("Family"));
        judged.forEach(s -> head.add(column(Integer.toString(s.iteration()))));
        Element body = Element.of("tbody");
        families.names().forEach(name -> body.add(row(name)));
        return Optional.of(Element.of("div", "card")
                .add(Element.of("h3").text("Hard share by family"))
                .add(Element.of("p", "caption")
                        .text("hard instructions of those judged, by iteration; the more, the darker"))
                .add(Element.of("div", "scroll")
                        .with("tabindex", "0")
                        .add(Element.of("table", "heat").add(Element.of("thead").add(head), body))));
    }

    private Element row(String name) {
        Element row = Element.of("tr").add(Element.of("th").with("scope", "row").add(Layout.inline(name, NAME)));
        List<String> members = families.members(name, rounds.all().keySet());
        for (IterationSummary summary : judged) {
            List<Round> found = rounds.in(summary.iteration(), members)
                    .filter(round -> round.finding().isPresent())
                    .toList();
            row.add(cell(found));
        }
        return row;
    }

    private static Element cell(List<Round> found) {
        if (found.isEmpty()) {
            return Element.of("td").text("\u2013");
        }
        long hard = found.stream().filter(Round::isHard).count();
        double share = (double) hard / found.size();
        return Element.of("td", "h" + Math.min(SHADES - 1, (int) (share * SHADES)))
                .with("title", Figures.count(hard) + " of " + Figures.count(found.size()))
                .text(Figures.wholePercent(share));
    }

    private static Element column(String name) {
        return Element.of("th").with("scope", "col").text(name);
    }

    private Optional<Element> orders() {
        List<BarChart.Row> rows = judged.stream()
                .filter(s -> orders(s).compared() > 0)
                .map(SpreadSection::orderRow)
                .toList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        String heading = "What the order of the answers did";
        if (judged.stream().noneMatch(s -> orders(s).conflicts() > 0)) {
            return Optional.of(Layout.chart(
                    heading,
                    "Nothing: no outcome changed when the answers were shown in the other order.",
                    Element.of("p")));
        }
        return Optional.of(Layout.chart(
                heading,
                "instructions judged in both orders; at the right, what the answer shown first gained on average",
                new BarChart("orders-chart", "Outcomes in both orders", SpreadSection::whole, rows).render()));
    }

    private static Orders orders(IterationSummary summary) {
        Discrimination discrimination = summary.discrimination().orElseThrow();
        return discrimination.judging().orders();
    }

    private static BarChart.Row orderRow(IterationSummary summary) {
        Orders orders = orders(summary);
        return new BarChart.Row(
                "Iteration " + summary.iteration(),
                Figures.signed(orders.positionDelta(), 2) + " points",
                List.of(
                        new BarChart.Segment("same outcome", orders.compared() - orders.conflicts(), "easy"),
                        new BarChart.Segment(
                                "other outcome, no other winner", orders.conflicts() - orders.flips(), "discarded"),
                        new BarChart.Segment("winner flipped", orders.flips(), "hard")));
    }

    private static String whole(double count) {
        return Figures.count(Math.round(count));
    }
}
