package dev.lion.report;

import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.run.IterationSummary;
import java.util.List;
import java.util.function.Function;

/**
 * The loss curve, drawn twice: once for wide pages and once for narrow ones; the stylesheet shows one of them. Where students
 * learnt from preferences, their loss has a curve of its own, as it is of another kind.
 */
final class LossSection {
    private LossSection() {}

    static Element of(ReportData data) {
        Element section = Layout.section(
                "loss",
                "Training loss",
                "Mean cross-entropy over the tokens of the teacher\u2019s answers, in nats: every step faint, the running mean"
                        + " strong, a dotted rule where an iteration begins. Every imitation starts from the student that the one before left, on new"
                        + " instructions, so the curve may jump where an iteration begins.");
        List<LossChart.Imitation> imitations = imitations(data, ImitationSummary::imitationLosses);
        List<LossChart.Imitation> preferences = imitations(data, LossSection::preferenceLosses);
        if (isEmpty(imitations) && isEmpty(preferences)) {
            return section.add(Layout.note("The student reported no loss."));
        }
        if (!isEmpty(imitations)) {
            section.add(chart("loss", "Loss by training step", imitations));
        }
        if (!isEmpty(preferences)) {
            section.add(Layout.note("Behind each imitation, the loss on preferences of the teacher\u2019s answers:"))
                    .add(chart("preference-loss", "Loss on preferences by training step", preferences));
        }
        long unfit = data.summaries().stream().mapToLong(LossSection::notFinite).sum();
        return unfit == 0
                ? section
                : section.add(Layout.note(Figures.count(unfit, "step") + " had no finite loss and cannot be drawn."));
    }

    private static Element chart(String id, String title, List<LossChart.Imitation> imitations) {
        return Element.of("div", "card chart")
                .add(new LossChart(id + "-wide", title, 1020, 300, imitations)
                        .render()
                        .with("class", "wide"))
                .add(new LossChart(id + "-narrow", title, 340, 240, imitations)
                        .render()
                        .with("class", "narrow"));
    }

    private static boolean isEmpty(List<LossChart.Imitation> imitations) {
        return imitations.stream().allMatch(i -> i.points().isEmpty());
    }

    private static List<LossChart.Imitation> imitations(
            ReportData data, Function<ImitationSummary, List<LossPoint>> points) {
        return data.summaries().stream()
                .map(summary -> new LossChart.Imitation(summary.iteration(), finite(points.apply(summary.imitation()))))
                .toList();
    }

    // counted from the first of them
    private static List<LossPoint> preferenceLosses(ImitationSummary summary) {
        long before = summary.preferences().map(part -> part.firstStep() - 1).orElse(0L);
        return summary.preferenceLosses().stream()
                .map(p -> new LossPoint(p.step() - before, p.loss(), p.learningRate()))
                .toList();
    }

    private static List<LossPoint> finite(List<LossPoint> points) {
        return points.stream().filter(p -> Double.isFinite(p.loss())).toList();
    }

    private static long notFinite(IterationSummary summary) {
        return summary.imitation().losses().stream()
                .filter(p -> !Double.isFinite(p.loss()))
                .count();
    }
}
