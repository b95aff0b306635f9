package dev.lion.report;

import dev.lion.data.Amount;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.Provenance;
import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Discrimination;
import dev.lion.run.StageTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first screen: what happened in one or two sentences, and the figures behind them. */
final class Headline {
    private static final String ARROW = "\u2192";

    private final ReportData data;
    private final AnswerTotals answers;
    private final List<IterationSummary> judged;
    private final List<IterationSummary> evaluated;

    private Headline(ReportData data, AnswerTotals answers) {
        this.data = data;
        this.answers = answers;
        this.judged = data.judgedIterations();
        this.evaluated = data.evaluatedIterations();
    }

    static Element of(ReportData data, AnswerTotals answers) {
        return new Headline(data, answers).render();
    }

    private Element render() {
        Element header = Element.of("header", "hero")
                .add(Element.of("p", "kicker")
                        .add(Element.of("span")
                                .text("Distillation report \u00b7 ")
                                .add(Layout.inline(data.name())))
                        .add(state()))
                .add(Element.of("h1").text(claim()));
        support().ifPresent(text -> header.add(Element.of("p", "support").text(text)));
        data.earlyEnd().ifPresent(reason -> header.add(earlyEnd(reason)));
        if (!data.missing().isEmpty()) {
            header.add(missing(data.missing()));
        }
        return header.add(tiles(), how());
    }

    private static Element missing(List<String> files) {
        return Element.of("p", "support")
                .text("This page lacks what was in " + String.join(", ", files) + ": "
                        + (files.size() == 1 ? "the file is" : "the files are") + " no longer in the run.");
    }

    private static Element earlyEnd(String reason) {
        return Element.of("p", "support")
                .text("The run ended early: ")
                .add(Layout.inline(reason))
                .text(".");
    }

    private Element state() {
        int done = Math.max(data.summaries().size() - 1, 0);
        String finished = Figures.count(done, "iteration") + " finished";
        if (data.earlyEnd().isPresent()) {
            return Element.of("span", "state complete").text(finished + " \u00b7 ended early");
        }
        return data.unfinished().isPresent()
                ? Element.of("span", "state running")
                        .text(finished + " \u00b7 iteration "
                                + data.unfinished().getAsInt() + " under way")
                : Element.of("span", "state complete").text(finished);
    }

    private String claim() {
        if (data.summaries().isEmpty()) {
            return "Nothing is finished yet: the student is still imitating the seed instructions.";
        }
        if (!evaluated.isEmpty()) {
            return accuracyClaim(firstScore(), lastScore());
        }
        if (!judged.isEmpty()) {
            return gapClaim(first(), last());
        }
        return "The student has imitated "
                + Figures.count(data.summaries().get(0).imitation().examples(), "answer")
                + " of its teacher and has not been judged yet.";
    }

    private String accuracyClaim(Score first, Score last) {
        if (evaluated.size() < 2) {
            return "The student answers " + Figures.percent(last.accuracy()) + " of the held\u2011out items right.";
        }
        String change = "The student\u2019s accuracy on held\u2011out items "
                + moved(first.accuracy(), last.accuracy(), 0.0005, "rose", "fell");
        return change + " " + Figures.percent(first.accuracy()) + " to " + Figures.percent(last.accuracy()) + ".";
    }

    private String gapClaim(Discrimination first, Discrimination last) {
        if (judged.size() < 2) {
            return "The student is " + Figures.score(Math.abs(last.gap())) + " of 10 points "
                    + (last.gap() < 0 ? "ahead of" : "behind") + " its teacher on average.";
        }
        return "The teacher\u2019s lead over the student " + moved(first.gap(), last.gap(), 0.005, "grew", "shrank")
                + " " + Figures.score(first.gap()) + " to " + Figures.score(last.gap()) + " points of 10.";
    }

    private static String moved(double first, double last, double least, String up, String down) {
        return Math.abs(last - first) < least ? "stayed about the same, from" : (last > first ? up : down) + " from";
    }

    /** The second sentence, with what tempers the first. */
    private Optional<String> support() {
        List<String> sentences = new ArrayList<>();
        if (evaluated.size() > 1 && !Interval.differ(firstScore(), lastScore())) {
            sentences.add("With " + Figures.count(lastScore().total(), "item") + " a change this small may be chance.");
        }
        rollback().ifPresent(sentences::add);
        if (judged.size() > 1) {
            sentences.add("It lagged its teacher clearly on " + share(first())
                    + " of the judged instructions in iteration "
                    + judged.get(0).iteration() + ", and on "
                    + share(last()) + " in iteration "
                    + judged.get(judged.size() - 1).iteration() + ".");
        } else if (judged.size() == 1) {
            sentences.add("It lags its teacher clearly on " + share(last()) + " of the judged instructions.");
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    private Optional<String> rollback() {
        return data.summaries().stream()
                .reduce((a, b) -> b)
                .filter(last -> last.rolledBackTo().isPresent())
                .map(last -> "The student of iteration " + last.iteration()
                        + " was set aside; the run\u2019s student is that of iteration " + last.keptIteration() + ".");
    }

    private static String share(Discrimination d) {
        return d.hard() == 0 ? "none" : Figures.wholePercent(d.hardShare());
    }

    private Element tiles() {
        List<Element> tiles = new ArrayList<>();
        if (!evaluated.isEmpty()) {
            tiles.add(accuracyTile());
        }
        if (!judged.isEmpty()) {
            tiles.add(change(
                    "Hard share",
                    Figures.percent(first().hardShare()),
                    Figures.percent(last().hardShare()),
                    judged.size() > 1,
                    hardWords()));
            tiles.add(change(
                    "Score gap",
                    Figures.score(first().gap()),
                    Figures.score(last().gap()),
                    judged.size() > 1,
                    "teacher minus student, of 10 points"));
        }
        long seeds = data.instructions().stream()
                .filter(i -> i.provenance() instanceof Provenance.Seed)
                .count();
        int total = data.instructions().size();
        tiles.add(change(
                "Instructions",
                Figures.shortCount(seeds),
                Figures.shortCount(total),
                total > seeds,
                total > seeds ? "seeds, then with " + Figures.count(total - seeds) + " generated" : "seeds"));
        tiles.add(tile("Teacher answers", Figures.shortCount(answers.answered()), tokens()));
        if (CostSection.isNeeded(data)) {
            tiles.add(costTile(data.spending().total()));
        }
        tiles.add(tile("Time", Figures.duration(time()), "on the clock, all stages"));
        return Element.of("div", "tiles").add(tiles);
    }

    private static Element costTile(Amount spent) {
        String calls = Figures.count(spent.calls(), "call");
        return spent.money()
                .map(money -> tile("Cost", money.toString(), calls))
                .orElseGet(() -> tile("Calls", Figures.count(spent.calls()), "no price was given"));
    }

    private String hardWords() {
        boolean estimated = judged.stream()
                .anyMatch(s ->
                        s.discrimination().orElseThrow().judging().estimates().isPresent());
        return (estimated ? "of all instructions, as estimated; " : "of judged instructions, ") + data.hardRule();
    }

    private Element accuracyTile() {
        Score last = lastScore();
        boolean changed = evaluated.size() > 1;
        String margin =
                "\u00b1" + Figures.tick(Math.round(1000 * Interval.of(last).margin()) / 10.0) + ", "
                        + Figures.count(last.total(), "item");
        String words =
                changed ? Figures.points(last.accuracy() - firstScore().accuracy()) + " (" + margin + ")" : margin;
        return change(
                        "Accuracy",
                        Figures.percent(firstScore().accuracy()),
                        Figures.percent(last.accuracy()),
                        changed,
                        words)
                .with("class", "tile main");
    }

    private static Element change(String name, String first, String last, boolean changed, String words) {
        Element figure = Element.of("p", "figure");
        if (changed) {
            figure.add(
                    Element.of("span", "from").text(first),
                    Element.of("span", "arrow").text(" " + ARROW + " "));
        }
        return tile(name, figure.add(Element.of("span", "to").text(last)), words);
    }

    private static Element tile(String name, String value, String words) {
        return tile(name, Element.of("p", "figure").add(Element.of("span", "to").text(value)), words);
    }

    private static Element tile(String name, Element figure, String words) {
        return Element.of("div", "tile")
                .add(
                        Element.of("p", "name").text(name),
                        figure,
                        Element.of("p", "words").text(words));
    }

    private String tokens() {
        return answers.tokens() == 0
                ? "each asked for once"
                : Figures.shortCount(answers.tokens()) + " tokens read and written";
    }

    private Duration time() {
        return data.stageTimes().stream().map(StageTime::duration).reduce(Duration.ZERO, Duration::plus);
    }

    private static Element how() {
        return Element.of("ol", "how")
                .add(step(
                        "Imitate",
                        "A strong teacher answers instructions; the small student is trained on the answers."))
                .add(step(
                        "Discriminate", "A referee scores both. Instructions on which the student lags count as hard."))
                .add(step("Generate", "New instructions are written near hard and easy ones. Then it starts again."));
    }

    private static Element step(String name, String words) {
        return Element.of("li")
                .add(Element.of("b").text(name), Element.of("span").text(words));
    }

    private Discrimination first() {
        return judged.get(0).discrimination().orElseThrow();
    }

    private Discrimination last() {
        return judged.get(judged.size() - 1).discrimination().orElseThrow();
    }

    private Score firstScore() {
        return evaluated.get(0).evaluation().orElseThrow().overall();
    }

    private Score lastScore() {
        return data.evaluatedLast().evaluation().orElseThrow().overall();
    }
}
