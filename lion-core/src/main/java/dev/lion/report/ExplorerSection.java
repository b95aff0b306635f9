package dev.lion.report;

import dev.lion.data.Finding;
import dev.lion.run.IterationSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many judged instructions to search and filter, each folded to a line. Their number and their texts are bounded, so that
 * the page opens at once however large the run; it says where the others are.
 */
final class ExplorerSection {
    /** Characters of all samples together, beyond which no further one is added. */
    private static final int CHARACTERS = 1_200_000;

    private static final int LINE = 150;
    private static final List<Integer> GAPS = List.of(1, 2, 3, 5, 7);

    private final ReportData data;
    private final Families families;
    private final List<Sample> samples;

    private ExplorerSection(ReportData data, Families families, List<Sample> samples) {
        this.data = data;
        this.families = families;
        this.samples = samples;
    }

    static Element of(ReportData data, Samples samples, Rounds rounds, Families families) {
        Element section = Layout.section(
                "search",
                "Look for yourself",
                "Judged instructions of every iteration: half of them those with the widest gaps, the others drawn evenly"
                        + " from widest to narrowest. Open one to see both answers, the referee\u2019s words, and where it"
                        + " came from.");
        if (samples.across().isEmpty()) {
            return section.add(Layout.note("No instruction has been judged yet."));
        }
        return new ExplorerSection(data, families, bounded(samples.across())).fill(section, rounds);
    }

    private static List<Sample> bounded(List<Sample> all) {
        long characters = 0;
        int count = 0;
        while (count < all.size() && characters < CHARACTERS) {
            characters += all.get(count).characters();
            count++;
        }
        return all.subList(0, count);
    }

    private Element fill(Element section, Rounds rounds) {
        Element list = Element.of("div", "explorer").with("data-filter", "").add(controls());
        samples.forEach(sample -> list.add(entry(sample)));
        long judged = rounds.all().size();
        return section.add(list).add(Layout.note(rest(judged)));
    }

    private String rest(long judged) {
        String here = "Here are " + Figures.count(samples.size()) + " of " + Figures.count(judged, "judged instruction")
                + ". ";
        return here
                + "All are in the run\u2019s directory as JSON Lines, one record a line, found by their id: seeds.jsonl, and in"
                + " each iteration-N/ generated.jsonl, answers.jsonl, student-answers.jsonl and verdicts.jsonl.";
    }

    private Element controls() {
        Map<String, String> iterations = new LinkedHashMap<>();
        for (IterationSummary summary : data.judgedIterations()) {
            iterations.put(Integer.toString(summary.iteration()), "iteration " + summary.iteration());
        }
        Map<String, String> gaps = new LinkedHashMap<>();
        GAPS.forEach(gap -> gaps.put(Integer.toString(gap), Figures.count(gap, "point") + " or more"));
        Map<String, String> difficulties = new LinkedHashMap<>();
        difficulties.put("hard", "hard");
        difficulties.put("easy", "easy");
        Controls controls = Controls.of("search")
                .text("Search", "words of any text")
                .choice("iteration", "Judged in", iterations)
                .choice("difficulty", "Found", difficulties)
                .atLeast("gap", "Gap", gaps);
        Map<String, String> names = new LinkedHashMap<>();
        families.names().forEach(name -> names.put(name, name));
        return (names.isEmpty() ? controls : controls.choice("family", "Family", names)).render();
    }

    private Element entry(Sample sample) {
        Finding finding = sample.judgement().finding().orElseThrow();
        String difficulty = SampleCard.tone(finding.difficulty());
        Element line = Element.of("summary")
                .add(
                        Element.of("span", "gap " + difficulty)
                                .text(Figures.points10(finding.gap()) + " " + difficulty),
                        Layout.inline(sample.instruction().fullText(), LINE));
        families.of(sample.instruction().id())
                .ifPresent(name -> line.add(Element.of("span", "words").add(Layout.inline(name, LINE))));
        return Element.of("details", "entry-card")
                .with("data-item", "")
                .with("data-id", sample.instruction().id())
                .with("data-iteration", Integer.toString(sample.iteration()))
                .with("data-difficulty", difficulty)
                .with("data-gap", Double.toString(finding.gap()))
                .with("data-family", families.of(sample.instruction().id()).orElse(""))
                .add(line, SampleCard.folded(sample));
    }
}
