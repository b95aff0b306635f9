package dev.lion.report;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;
import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Generation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where the new instructions came from, and why others were turned away. */
final class LineageSection {
    private static final int TREES = 3;
    private static final int CHILDREN = 4;
    private static final int LABEL = 160;

    private final ReportData data;
    private final Lineage lineage;
    private final Rounds rounds;

    private LineageSection(ReportData data, Lineage lineage, Rounds rounds) {
        this.data = data;
        this.lineage = lineage;
        this.rounds = rounds;
    }

    static Element of(ReportData data, Lineage lineage, Rounds rounds) {
        Element section = Layout.section(
                "lineage",
                "Where new instructions came from",
                "The generator starts from an instruction of the pool: near a hard one it writes another of the same kind,"
                        + " near an easy one a rarer one of the same field. What repeats the pool, or is no instruction at"
                        + " all, is rejected.");
        if (data.generatingIterations().isEmpty()) {
            return section.add(Layout.note("No instruction has been generated yet."));
        }
        return new LineageSection(data, lineage, rounds).fill(section);
    }

    private Element fill(Element section) {
        section.add(Element.of("div", "cards two")
                .add(Layout.chart("Proposals", "accepted by their parent\u2019s difficulty, and rejected", proposals()))
                .add(rejections()));
        Element trees = Element.of("div", "card").add(Element.of("h3").text("Family trees"));
        trees.add(Element.of("p", "caption").text(depthWords()));
        List<Instruction> chosen = lineage.all().stream()
                .filter(i -> lineage.depth(i) == 0 && lineage.height(i) > 0)
                .sorted(Comparator.comparingInt(lineage::height)
                        .thenComparingInt(lineage::descendants)
                        .reversed()
                        .thenComparing(Instruction::id))
                .limit(TREES)
                .toList();
        chosen.forEach(root -> trees.add(tree(root, root.equals(chosen.get(0)))));
        return section.add(trees);
    }

    private Element proposals() {
        List<BarChart.Row> rows =
                data.generatingIterations().stream().map(LineageSection::row).toList();
        return new BarChart("proposals-chart", "Generated instructions by iteration", LineageSection::whole, rows)
                .render();
    }

    private static BarChart.Row row(IterationSummary summary) {
        Generation g = summary.generation().orElseThrow();
        int rejected =
                g.rejected().values().stream().mapToInt(Integer::intValue).sum();
        return new BarChart.Row(
                "Iteration " + summary.iteration(),
                Figures.count(g.hard() + g.easy()) + " accepted of " + Figures.count(g.hard() + g.easy() + rejected),
                List.of(
                        new BarChart.Segment("from hard", g.hard(), "hard"),
                        new BarChart.Segment("from easy", g.easy(), "easy"),
                        new BarChart.Segment("rejected", rejected, "missing")));
    }

    private Element rejections() {
        Map<String, Integer> byRule = new LinkedHashMap<>();
        data.generatingIterations()
                .forEach(s -> s.generation()
                        .orElseThrow()
                        .rejected()
                        .forEach((rule, n) -> byRule.merge(rule, n, Integer::sum)));
        List<BarChart.Row> rows = byRule.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(e -> new BarChart.Row(
                        e.getKey(),
                        Figures.count(e.getValue()),
                        List.of(new BarChart.Segment("rejected", e.getValue(), "missing"))))
                .toList();
        Element chart = rows.isEmpty()
                ? Layout.note("Nothing was rejected.")
                : new BarChart("rejections-chart", "Rejected instructions by rule", LineageSection::whole, rows)
                        .render();
        return Layout.chart("Rejected, by rule", "all iterations", chart);
    }

    private String depthWords() {
        Map<Integer, Integer> byDepth = new TreeMap<>();
        lineage.all().forEach(i -> byDepth.merge(lineage.depth(i), 1, Integer::sum));
        String counts = byDepth.entrySet().stream()
                .filter(e -> e.getKey() > 0)
                .map(e -> Figures.count(e.getKey(), "step") + ": " + Figures.count(e.getValue()))
                .collect(Collectors.joining(" \u00b7 "));
        return "Generated instructions by distance from their seed: " + counts + ". The deepest families:";
    }

    private Element tree(Instruction root, boolean open) {
        Element details = Element.of("details", "tree");
        if (open) {
            details.with("open", "open");
        }
        String size = Figures.count(lineage.descendants(root), "descendant") + " over "
                + Figures.count(lineage.height(root), "step");
        return details.add(Element.of("summary")
                        .add(
                                Layout.inline(root.fullText(), LABEL),
                                Element.of("span", "words").text(size)))
                .add(branch(root, CHILDREN));
    }

    /** The children of an instruction, the farthest-reaching first; fewer at each step, so that no tree outgrows the page. */
    private Element branch(Instruction parent, int shown) {
        Element list = Element.of("ul");
        List<Instruction> children = lineage.children(parent).stream()
                .sorted(Comparator.comparingInt(lineage::height)
                        .thenComparingInt(lineage::descendants)
                        .reversed()
                        .thenComparing(Instruction::id))
                .toList();
        for (Instruction child : children.subList(0, Math.min(shown, children.size()))) {
            Element item = Element.of("li").add(mark(child), Layout.inline(child.fullText(), LABEL), fate(child));
            if (lineage.height(child) > 0) {
                item.add(branch(child, Math.max(1, shown / 2)));
            }
            list.add(item);
        }
        if (children.size() > shown) {
            String more = "and " + Figures.count(children.size() - shown) + " more from the same parent";
            list.add(Element.of("li", "words").text(more));
        }
        return list;
    }

    private static Element mark(Instruction child) {
        if (!(child.provenance() instanceof Provenance.Generated made)) {
            return Element.of("span", "mark").text("seed");
        }
        boolean hard = made.difficulty() == Difficulty.HARD;
        return Element.of("span", "mark " + (hard ? "hard" : "easy"))
                .text("iteration " + made.iteration() + (hard ? ", from hard" : ", from easy"));
    }

    /** What the referee found when it first saw the instruction. */
    private Element fate(Instruction child) {
        String words = rounds.of(child.id()).stream()
                .filter(r -> r.finding().isPresent())
                .findFirst()
                .map(r -> "gap " + Figures.score(r.finding().orElseThrow().gap()) + " in iteration " + r.iteration())
                .orElse("not judged");
        return Element.of("span", "words").text(words);
    }

    private static String whole(double count) {
        return Figures.count(Math.round(count));
    }
}
