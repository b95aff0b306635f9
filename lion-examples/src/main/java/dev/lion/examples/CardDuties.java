package dev.lion.examples;

import java.util.List;
import java.util.Optional;

/**
 * What whoever passes a student on has to see to, for its card.
 *
 * @param before what the student was made from, where that is known
 * @param license an identifier of the hub's; empty where nobody has said
 * @param run where the student comes from
 */
record CardDuties(Optional<String> before, Optional<String> license, Optional<CardRun> run) {
    List<String> lines() {
        return List.of(
                "lion cannot know whether you may, and this card does not say that you may. It is for you to check:",
                "",
                "- **The base model's licence.** " + base(),
                "- **The teacher's terms of use.** " + teacher(),
                "- **The data's licence.** " + data(),
                license.map(given -> "- The licence " + Markdown.text(given) + " was named by whoever exported it.")
                        .orElse("- No licence was named on export, so the card says `other`: set it once you know."));
    }

    private boolean isOfPuzzles() {
        return run.filter(CardRun::isOfPuzzles).isPresent();
    }

    private String base() {
        if (before.isEmpty() && run.filter(CardRun::isFromScratch).isPresent()) {
            return "There is none: this student began with random weights.";
        }
        return before.map(model -> "The weights were made from " + Markdown.text(model)
                        + "; its licence goes on to hold for them, with its duties of naming, notice and use.")
                .orElse("If the weights were made from another model's, its licence goes on to hold for them.");
    }

    private String teacher() {
        if (isOfPuzzles()) {
            return "There are none: a program of lion's own gave the answers, and no model.";
        }
        return run.flatMap(CardRun::teacher)
                .map(model -> "Answers of a teacher trained this student. Check what the provider of "
                        + Markdown.text(model)
                        + " lets you do with its answers: some forbid to train other, or competing, models on them.")
                .orElse("If answers of a model of others trained this student, check what they let you do with them:"
                        + " some providers forbid to train other, or competing, models on them.");
    }

    private String data() {
        return isOfPuzzles()
                ? "There is no data of others: a program of lion's own wrote all puzzles."
                : "Seed instructions, and texts that new ones were made from, may be under a licence, or hold what is"
                        + " personal or secret; a model can repeat what it was trained on.";
    }
}
