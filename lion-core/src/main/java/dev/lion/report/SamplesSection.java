package dev.lion.report;

import dev.lion.data.Difficulty;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.data.Verdict.Scored;
import dev.lion.report.Rounds.Round;
import dev.lion.report.SampleChoice.Pick;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Hard instructions with both answers side by side. */
final class SamplesSection {
    private final double hardGap;

    private SamplesSection(double hardGap) {
        this.hardGap = hardGap;
    }

    static Element of(ReportData data, Lineage lineage, Rounds rounds) {
        Element section = Layout.section(
                "samples",
                "Where the student lagged",
                "The widest gaps of each iteration, chosen by size and spread over families of instructions: the worst"
                        + " cases, not typical ones. Scores are means of two judgings with the order exchanged.");
        SampleChoice choice = new SampleChoice(data, lineage, rounds);
        SamplesSection samples = new SamplesSection(data.hardGap());
        List<Pick> picks = choice.widest();
        List<Sample> widest = Sample.load(picks, data, lineage, rounds);
        if (widest.isEmpty()) {
            return section.add(Layout.note(
                    data.judgedIterations().isEmpty()
                            ? "No instruction has been judged yet."
                            : "No instruction was hard: nowhere did the gap reach " + Figures.tick(data.hardGap())
                                    + "."));
        }
        widest.forEach(sample -> section.add(samples.article(sample, false)));
        List<Sample> caughtUp = Sample.load(choice.caughtUp(picks), data, lineage, rounds);
        if (!caughtUp.isEmpty()) {
            section.add(Element.of("h3", "group").text("Where it caught up"))
                    .add(Element.of("p", "lead")
                            .text("Hard when first judged, easy when last judged; the largest gains. These are the best"
                                    + " cases, not typical ones either."));
            caughtUp.forEach(sample -> section.add(samples.article(sample, true)));
        }
        return section;
    }

    private Element article(Sample sample, boolean unfolded) {
        Element article = Element.of("article", "card sample").add(heading(sample));
        article.add(Element.of("div", "instruction")
                .add(Layout.prose(sample.instruction().text())));
        if (!sample.instruction().input().isEmpty()) {
            article.add(Element.of("div", "instruction input")
                    .add(Element.of("h5").text("Input"))
                    .add(Layout.prose(sample.instruction().input())));
        }
        Verdict first = sample.judgement().teacherFirst();
        Verdict second = sample.judgement().studentFirst();
        Element teacher = answer("Teacher", "teacher", sample.judgement().teacherScore(), sample.teacher())
                .add(orders(score(first, true), score(second, false)));
        Element student = answer("Student", "student", sample.judgement().studentScore(), sample.student())
                .add(orders(score(second, true), score(first, false)));
        sample.later().ifPresent(later -> student.add(later(sample, later, unfolded)));
        article.add(Element.of("div", "pair").add(teacher, student));
        evidence(first, second).ifPresent(article::add);
        return article;
    }

    private Element heading(Sample sample) {
        Element head = Element.of("div", "sample-head")
                .add(Element.of("h4").text("Iteration " + sample.round().iteration()))
                .add(Element.of("span", "words").text(origin(sample.instruction())));
        Element trail = Element.of("ol", "trail").with("aria-label", "Gap each time it was judged");
        for (Round round : sample.history()) {
            boolean shown = round.iteration() == sample.round().iteration();
            trail.add(Element.of("li", tone(round) + (shown ? " shown" : "")).text(trailWords(round)));
        }
        return head.add(trail);
    }

    private String tone(Round round) {
        if (round.gap().isEmpty()) {
            return "missing";
        }
        return round.gap().getAsDouble() >= hardGap ? "hard" : "easy";
    }

    private String trailWords(Round round) {
        String words =
                round.gap().isPresent() ? "gap " + Figures.points10(round.gap().getAsDouble()) : "no verdict";
        return "it. " + round.iteration() + " \u00b7 " + words + (round.gap().isPresent() ? ", " + tone(round) : "");
    }

    private static String origin(Instruction instruction) {
        if (instruction.provenance() instanceof Provenance.Generated made) {
            return "generated in iteration " + made.iteration()
                    + (made.difficulty() == Difficulty.HARD ? " from a hard one" : " from an easy one");
        }
        return "seed";
    }

    private static Element answer(String who, String tone, OptionalDouble score, Optional<Response> response) {
        Element answer = Element.of("div", "answer " + tone)
                .add(Element.of("h5")
                        .text(who)
                        .add(Element.of("b")
                                .text(score.isPresent() ? Figures.points10(score.getAsDouble()) : "\u2013")));
        answer.add(response.map(r -> Layout.prose(r.text()))
                .orElseGet(() -> Element.of("p", "empty").text("(no answer on disk)")));
        response.map(Response::finishReason).flatMap(SamplesSection::cut).ifPresent(answer::add);
        return answer;
    }

    private static Optional<Element> cut(FinishReason reason) {
        return switch (reason) {
            case LENGTH -> Optional.of(Element.of("p", "empty").text("(cut by the limit on tokens)"));
            case CONTENT_FILTER -> Optional.of(Element.of("p", "empty").text("(cut by the provider\u2019s filter)"));
            case STOP, OTHER -> Optional.empty();
        };
    }

    private static Element orders(String shownFirst, String shownSecond) {
        return Element.of("p", "words").text("shown first " + shownFirst + ", shown second " + shownSecond);
    }

    private static String score(Verdict verdict, boolean first) {
        return verdict instanceof Scored scored
                ? Figures.points10(first ? scored.first() : scored.second())
                : "no verdict";
    }

    private static Element later(Sample sample, Response later, boolean unfolded) {
        Round last = sample.history().get(sample.history().size() - 1);
        String score = last.studentScore().isPresent()
                ? ", score " + Figures.points10(last.studentScore().getAsDouble())
                : ", no verdict";
        Element details = Element.of("details", "fold");
        if (unfolded) {
            details.with("open", "open");
        }
        return details.add(Element.of("summary").text("Its answer in iteration " + last.iteration() + score))
                .add(Layout.prose(later.text()));
    }

    private static Optional<Element> evidence(Verdict teacherFirst, Verdict studentFirst) {
        if (words(teacherFirst).isBlank() && words(studentFirst).isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Element.of("details", "fold")
                .add(Element.of("summary").text("What the referee said"))
                .add(Element.of("h5").text("Teacher shown first"), Layout.prose(words(teacherFirst)))
                .add(Element.of("h5").text("Student shown first"), Layout.prose(words(studentFirst))));
    }

    private static String words(Verdict verdict) {
        return verdict instanceof Scored scored ? scored.evidence() : ((Verdict.Abstained) verdict).reason();
    }
}
