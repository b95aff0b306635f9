package dev.lion.report;

/** Hard instructions with both answers: the widest gaps, and those that the student caught up on. */
final class SamplesSection {
    private SamplesSection() {}

    static Element of(ReportData data, Samples samples) {
        Element section = Layout.section(
                "samples",
                "Where the student lagged",
                "The widest gaps of each iteration, chosen by size and spread over families of instructions: the worst"
                        + " cases, not typical ones. Scores are means over the orders in which the answers were shown.");
        if (samples.widest().isEmpty()) {
            return section.add(Layout.note(
                    data.judgedIterations().isEmpty()
                            ? "No instruction has been judged yet."
                            : "No instruction was hard: nowhere was there a " + data.hardRule() + "."));
        }
        samples.widest().forEach(sample -> section.add(SampleCard.folded(sample)));
        if (!samples.caughtUp().isEmpty()) {
            section.add(Element.of("h3", "group").text("Where it caught up"))
                    .add(Element.of("p", "lead")
                            .text("Hard when first judged, easy when last judged; the largest gains. These are the best"
                                    + " cases, not typical ones either."));
            samples.caughtUp().forEach(sample -> section.add(SampleCard.unfolded(sample)));
        }
        return section;
    }
}
