package dev.lion.examples;

import dev.lion.student.Fidelity;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.decoder.DecoderConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code README.md} of an exported folder, in the form of a Hugging Face model card: what the student was made from, on
 * what, with which figures, and what whoever passes it on has to see to.
 *
 * @param name of the model
 * @param base the name of the model that it was before; empty where it is not known, or there was none
 * @param license an identifier of the hub's; empty where nobody has said
 * @param shape of the decoder
 * @param format in words, such as {@code GGUF, weights in F16}
 * @param library what the hub calls the software that loads it
 * @param fidelity how near the files come to the student that was trained
 * @param run where the student comes from
 */
record ModelCard(
        String name,
        Optional<String> base,
        Optional<String> license,
        DecoderConfig shape,
        String format,
        String library,
        Fidelity fidelity,
        Optional<CardRun> run) {
    private static final String FILE = "README.md";

    void writeTo(Path folder) throws IOException {
        JsonFile.writeBytes(folder.resolve(FILE), text().getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        var lines = new ArrayList<String>();
        frontMatter(lines);
        lines.add("# " + Markdown.text(name));
        lines.add("");
        lines.add(introduction());
        lines.add("");
        files(lines);
        training(lines);
        duties(lines);
        return String.join("\n", lines) + "\n";
    }

    private Optional<String> before() {
        return base.or(() -> run.flatMap(CardRun::base));
    }

    private void frontMatter(List<String> lines) {
        lines.add("---");
        lines.add("license: " + Markdown.yaml(license.orElse("other")));
        before().ifPresent(model -> lines.add("base_model: " + Markdown.yaml(model)));
        lines.add("library_name: " + library);
        lines.add("pipeline_tag: text-generation");
        lines.add("tags:");
        List.of(
                        "lion",
                        "knowledge-distillation",
                        "adversarial-distillation",
                        shape.family().modelType())
                .forEach(tag -> lines.add("  - " + tag));
        lines.add("---");
        lines.add("");
    }

    private String introduction() {
        String from = before().map(model -> ", fine-tuned from " + Markdown.text(model))
                .orElse("");
        String teacher = run.flatMap(CardRun::teacher)
                .map(model -> " Its teacher was " + Markdown.text(model) + ".")
                .orElse(
                        run.filter(CardRun::isOfPuzzles).isPresent()
                                ? " Its teacher was lion's own puzzle solver, a program and no model."
                                : "");
        return "A student of " + millions() + " million parameters ("
                + shape.family().modelType() + ")" + from
                + ", made by adversarial distillation (the method of Lion, EMNLP 2023) with the library lion."
                + teacher;
    }

    private String millions() {
        return String.format(Locale.ROOT, "%.1f", shape.parameterCount() / 1e6);
    }

    private void files(List<String> lines) {
        lines.add("## The files");
        lines.add("");
        lines.add("- Format: " + format + ".");
        lines.add("- Context: " + shape.maxPositionEmbeddings() + " tokens; vocabulary: " + shape.vocabSize()
                + " tokens.");
        lines.add("- Read back and compared with the student that was trained, on fixed prompts: " + fidelity + ".");
        lines.add("");
    }

    private void training(List<String> lines) {
        lines.add("## How it was made");
        lines.add("");
        if (run.isEmpty()) {
            lines.add(
                    "The files of the distillation were not at hand when this card was written: on what the student was"
                            + " trained, and how good it is, is not known here.");
            lines.add("");
            return;
        }
        CardRun made = run.get();
        long examples = made.summaries().stream()
                .mapToLong(one -> one.imitation().examples())
                .sum();
        lines.add("Run " + Markdown.text(made.name()) + ", seed " + made.seed() + ": " + made.seeds()
                + " seed instructions, " + Math.max(0, made.summaries().size() - 1) + " adversarial iterations, "
                + examples + " answers of the teacher learnt from in all.");
        lines.add("");
        if (!made.figures().isEmpty()) {
            lines.add(
                    "| Iteration | Instructions trained on | Answers learnt from | Accuracy on held-out items after it"
                            + " | Teacher's lead before it, points of 10 | Hard share before it |");
            lines.add("|---|---|---|---|---|---|");
            lines.addAll(made.figures());
            lines.add("");
            lines.add("A dash means that the run did not measure it.");
            lines.add("");
        }
    }

    private void duties(List<String> lines) {
        lines.add("## Before you pass it on");
        lines.add("");
        lines.add("lion cannot know whether you may, and this card does not say that you may. It is for you to check:");
        lines.add("");
        lines.add("- **The base model's licence.** " + baseDuty());
        lines.add("- **The teacher's terms of use.** Answers of a teacher trained this student. "
                + run.flatMap(CardRun::teacher)
                        .map(model -> "Check what the provider of " + Markdown.text(model) + " lets you do with its"
                                + " answers: some forbid to train other, or competing, models on them.")
                        .orElse("If it was a model of others, check what they let you do with its answers: some"
                                + " providers forbid to train other, or competing, models on them."));
        lines.add("- **The data's licence.** Seed instructions, and texts that new ones were made from, may be under a"
                + " licence, or hold what is personal or secret; a model can repeat what it was trained on.");
        license.ifPresentOrElse(
                given -> lines.add("- The licence " + Markdown.text(given) + " was named by whoever exported it."),
                () -> lines.add("- No licence was named on export, so the card says `other`: set it once you know."));
        lines.add("");
        lines.add(
                "It answers as its teacher did, errors included, and only about as well as the figures above say, on tasks"
                        + " like those that it was trained on.");
    }

    private String baseDuty() {
        if (before().isEmpty() && run.filter(CardRun::isFromScratch).isPresent()) {
            return "There is none: this student began with random weights.";
        }
        return before().map(model -> "The weights were made from " + Markdown.text(model)
                        + "; its licence goes on to hold for them, with its duties of naming, notice and use.")
                .orElse("If the weights were made from another model's, its licence goes on to hold for them.");
    }
}
