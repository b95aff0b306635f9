package dev.lion.report;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;
import dev.lion.data.Response;
import dev.lion.data.Verdict.Scored;
import dev.lion.report.Rounds.Round;
import java.util.List;
import java.util.Optional;

/** One instruction with both answers side by side, what each judging found, and what became of it later. */
final class SampleCard {
    private final Sample sample;

    private SampleCard(Sample sample) {
        this.sample = sample;
    }

    /** A card on which the student's later answer is folded away. */
    static Element folded(Sample sample) {
        return new SampleCard(sample).render(Element.of("details", "fold"));
    }

    /** A card that shows the student's later answer at once. */
    static Element unfolded(Sample sample) {
        return new SampleCard(sample).render(Element.of("details", "fold").with("open", "open"));
    }

    private Element render(Element fold) {
        Instruction instruction = sample.instruction();
        Element card = Element.of("article", "card sample")
                .with("data-id", instruction.id())
                .add(heading());
        card.add(Element.of("div", "instruction").add(Layout.prose(instruction.text())));
        if (!instruction.input().isEmpty()) {
            card.add(Element.of("div", "instruction input")
                    .add(Element.of("h5").text("Input"))
                    .add(Layout.prose(instruction.input())));
        }
        Scores teachers = Scores.teachers(sample.judgement());
        Scores students = Scores.students(sample.judgement());
        Element teacher = answer("Teacher", teachers, sample.teacher()).with("class", "answer teacher");
        Element student = answer("Student", students, sample.student()).with("class", "answer student");
        sample.later().ifPresent(later -> student.add(later(fold, later)));
        card.add(Element.of("div", "pair").add(teacher, student));
        evidence(evidence(AnswerOrder.TEACHER_FIRST), evidence(AnswerOrder.STUDENT_FIRST))
                .ifPresent(card::add);
        return card.add(lineage());
    }

    /** From the seed to this instruction, a step each. */
    private Element lineage() {
        List<Sample.Step> line = sample.line();
        Element steps = Element.of("ol", "line-of-descent");
        for (Sample.Step step : line) {
            String found = step.found()
                    .map(f -> "gap " + Figures.points10(f.gap()) + ", " + tone(f.difficulty()))
                    .orElse("not judged");
            steps.add(Element.of("li")
                    .add(Element.of("span", "words")
                            .text(origin(step.instruction()) + " \u00b7 " + found + " when first judged"))
                    .add(Layout.prose(step.instruction().fullText())));
        }
        String words = line.size() == 1
                ? "Where it came from: a seed"
                : "Where it came from: " + Figures.count(line.size() - 1, "step") + " from its seed";
        return Element.of("details", "fold")
                .add(Element.of("summary").text(words), steps)
                .add(Element.of("p", "words").text("id " + sample.instruction().id()));
    }

    private String evidence(AnswerOrder order) {
        return sample.judgement().scored(order).map(Scored::evidence).orElse("");
    }

    private Element heading() {
        Element trail = Element.of("ol", "trail").with("aria-label", "Gap each time it was judged");
        for (Round round : sample.history()) {
            boolean shown = round.iteration() == sample.iteration();
            trail.add(Element.of("li", tone(round) + (shown ? " shown" : "")).text(words(round)));
        }
        return Element.of("div", "sample-head")
                .add(Element.of("h4").text("Iteration " + sample.iteration()))
                .add(Element.of("span", "words").text(origin(sample.instruction())))
                .add(trail);
    }

    private String tone(Round round) {
        return round.finding().map(Finding::difficulty).map(SampleCard::tone).orElse("missing");
    }

    static String tone(Difficulty difficulty) {
        return difficulty == Difficulty.HARD ? "hard" : "easy";
    }

    private String words(Round round) {
        String found = round.finding()
                .map(f -> "gap " + Figures.points10(f.gap()) + ", " + tone(f.difficulty()))
                .orElse("no verdict");
        return "it. " + round.iteration() + " \u00b7 " + found;
    }

    private static String origin(Instruction instruction) {
        if (instruction.provenance() instanceof Provenance.Generated made) {
            return "generated in iteration " + made.iteration()
                    + (made.difficulty() == Difficulty.HARD ? " from a hard one" : " from an easy one");
        }
        return "seed";
    }

    private static Element answer(String who, Scores scores, Optional<Response> response) {
        Element answer = Element.of("div")
                .add(Element.of("h5").text(who).add(Element.of("b").text(Figures.points10(scores.mean()))));
        answer.add(response.map(r -> Layout.prose(r.text()))
                .orElseGet(() -> Element.of("p", "empty").text("(no answer on disk)")));
        response.map(Response::finishReason).flatMap(SampleCard::cut).ifPresent(answer::add);
        return answer.add(Element.of("p", "words").text(scores.words()));
    }

    private static Optional<Element> cut(FinishReason reason) {
        return switch (reason) {
            case LENGTH -> Optional.of(Element.of("p", "empty").text("(cut by the limit on tokens)"));
            case CONTENT_FILTER -> Optional.of(Element.of("p", "empty").text("(cut by the provider\u2019s filter)"));
            case STOP, OTHER -> Optional.empty();
        };
    }

    private Element later(Element fold, Response later) {
        Round last = sample.lastRound();
        String score = last.finding().isPresent() ? ", score " + Figures.points10(last.studentScore()) : ", no verdict";
        return fold.add(Element.of("summary").text("Its answer in iteration " + last.iteration() + score))
                .add(Layout.prose(later.text()));
    }

    private static Optional<Element> evidence(String teacherFirst, String studentFirst) {
        if (teacherFirst.isBlank() && studentFirst.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Element.of("details", "fold")
                .add(Element.of("summary").text("What the referee said"))
                .add(Element.of("h5").text("Teacher shown first"), Layout.prose(teacherFirst))
                .add(Element.of("h5").text("Student shown first"), Layout.prose(studentFirst)));
    }
}
