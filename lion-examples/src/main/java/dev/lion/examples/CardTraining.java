package dev.lion.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a student was made and how good it is, for its card.
 *
 * @param run where the student comes from
 */
record CardTraining(Optional<CardRun> run) {
    List<String> lines() {
        return run.map(CardTraining::lines)
                .orElse(List.of(
                        "The files of a distillation were not at hand when this card was written: on what the student"
                                + " was trained, and how good it is, is not known here."));
    }

    /** How far the student can be trusted. */
    String trust() {
        if (run.isEmpty()) {
            return "How well it answers is not known here: measure that on tasks like yours before you rely on it.";
        }
        return "It answers as its teacher did, errors included, "
                + (run.get().isMeasured()
                        ? "and only about as well as the figures above say, on tasks like those that it was trained on."
                        : "and nobody has measured how well: do that on tasks like yours before you rely on it.");
    }

    private static List<String> lines(CardRun made) {
        var lines = new ArrayList<String>();
        long examples = made.summaries().stream()
                .mapToLong(one -> one.imitation().examples())
                .sum();
        lines.add("Run " + Markdown.text(made.name()) + ", seed " + made.seed() + ": "
                + Wording.count(made.seeds(), "seed instruction") + ", "
                + Wording.count(made.adversarialIterations(), "adversarial iteration") + ", "
                + Wording.count(examples, "answer") + " of the teacher learnt from in all.");
        if (!made.figures().isEmpty()) {
            lines.add("");
            lines.add(
                    "| Iteration | Instructions trained on | Answers learnt from | Accuracy on held-out items after it"
                            + " | Teacher's lead before it, points of 10 | Hard share before it |");
            lines.add("|---|---|---|---|---|---|");
            lines.addAll(made.figures());
            lines.add("");
            lines.add("A dash means that the run did not measure it." + (made.isMeasured() ? accuracy(made) : ""));
        }
        return lines;
    }

    private static String accuracy(CardRun made) {
        return (made.isOfPuzzles()
                        ? " The held-out items are puzzles by lion's own programs, of the kinds that were trained on, and"
                                + " none of those that were. Answers were greedy, always the likeliest token;"
                        : " The held-out items are those of a file that the run's user gave. Answers were written as the run"
                                + " had its student write them, greedy or drawn;")
                + " accuracy is the share that is right by exact match. It was measured on the weights as they were"
                + " trained, not in the number type of these files.";
    }
}
