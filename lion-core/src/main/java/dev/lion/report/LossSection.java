package dev.lion.report;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.run.IterationSummary;
import java.util.List;

/** The loss curve, drawn twice: once for wide pages and once for narrow ones; the stylesheet shows one of them. */
final class LossSection {
    private LossSection() {}

    static Element of(ReportData data) {
        Element section = Layout.section(
                "loss",
                "Training loss",
                "Mean cross-entropy over the tokens of the teacher\u2019s answers, in nats: every step faint, the running mean"
                        + " strong, a dotted rule where an iteration begins. Every imitation starts from the student that the one before left, on new"
                        + " instructions, so the curve may jump where an iteration begins.");
        List<LossChart.Imitation> imitations =
                data.summaries().stream().map(LossSection::imitation).toList();
        if (imitations.stream().allMatch(i -> i.points().isEmpty())) {
            return section.add(Layout.note("The student reported no loss."));
        }
        section.add(Element.of("div", "card chart")
                .add(new LossChart("loss-wide", 1020, 300, imitations).render().with("class", "wide"))
                .add(new LossChart("loss-narrow", 340, 240, imitations).render().with("class", "narrow")));
        long unfit = data.summaries().stream().mapToLong(LossSection::notFinite).sum();
        return unfit == 0
                ? section
                : section.add(Layout.note(Figures.count(unfit, "step") + " had no finite loss and cannot be drawn."));
    }

    private static LossChart.Imitation imitation(IterationSummary summary) {
        List<LossPoint> finite = summary.imitation().losses().stream()
                .filter(p -> Double.isFinite(p.loss()))
                .toList();
        return new LossChart.Imitation(summary.iteration(), finite);
    }

    private static long notFinite(IterationSummary summary) {
        return summary.imitation().losses().stream()
                .filter(p -> !Double.isFinite(p.loss()))
                .count();
    }
}
