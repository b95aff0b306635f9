package dev.lion.report;

import dev.lion.data.Difficulty;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.data.Verdict.Scored;
import dev.lion.report.Rounds.Round;
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
        List<Sample> widest = Sample.load(choice.widest(), data, lineage, rounds);
        if (widest.isEmpty()) {
            return section.add(Layout.note(
                    data.judgedIterations().isEmpty()
                            ? "No instruction has been judged yet."
                            : "No instruction was hard: nowhere did the gap reach " + Figures.tick(data.hardGap())
                                    + "."));
        }
        widest.forEach(sample -> section.add(samples.article(sample)));
        List<Sample> caughtUp = Sample.load(choice.caughtUp(), data, lineage, rounds);
        if (!caughtUp.isEmpty()) {
            section.add(Element.of("h3", "group").text("Where it caught up"))
                    .add(Element.of("p", "lead")
                            .text("Hard when first judged, easy when last judged; the largest gains. These are the best"
                                    + " cases, not typical ones either."));
            caughtUp.forEach(sample -> section.add(samples.article(sample)));
        }
        return section;
    }

    private Element article(Sample sample) {
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
        article.add(Element.of("div", "pair")
                .add(answer("Teacher", "teacher", sample.judgement().teacherScore(), sample.teacher())
                        .add(orders(score(first, true), score(second, false))))
                .add(answer("Student", "student", sample.judgement().studentScore(), sample.student())
                        .add(orders(score(second, true), score(first, false)))));
        sample.later().ifPresent(later -> article.add(later(sample, later)));
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
                round.gap().isPresent() ? "gap " + Figures.score(round.gap().getAsDouble()) : "no verdict";
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
                        .add(Element.of("b").text(score.isPresent() ? Figures.score(score.getAsDouble()) : "\u2013")));
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
        return verdict instanceof Scored scored ? Figures.tick(first ? scored.first() : scored.second()) : "no verdict";
    }

    private static Element later(Sample sample, Response later) {
        Round last = sample.history().get(sample.history().size() - 1);
        String score = last.studentScore().isPresent()
                ? ", score " + Figures.score(last.studentScore().getAsDouble())
                : ", no verdict";
        return Element.of("details", "fold")
                .add(Element.of("summary").text("The student\u2019s answer in iteration " + last.iteration() + score))
                .add(Element.of("div", "answer student").add(Layout.prose(later.text())));
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
