package dev.lion.examples;

import dev.lion.student.Fidelity;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.prompt.InstructionFormat;
import dev.lion.student.prompt.PromptFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code README.md} of an exported folder, in the form of a Hugging Face model card: what the student was made from, on
 * what, with which figures, and what whoever passes it on has to see to. What is not known is not said.
 *
 * @param name of the model
 * @param base the name of the model that it was before, as the user gave it
 * @param folder the name of the folder of the model that an adapter was trained for
 * @param license an identifier of the hub's; empty where nobody has said
 * @param shape of the decoder
 * @param format in words, such as {@code GGUF, weights in F16}
 * @param library what the hub calls the software that loads it
 * @param prompts how conversations are put to it
 * @param fidelity how near the files come to the student that was trained
 * @param usage how it is run
 * @param run where the student comes from
 */
record ModelCard(
        String name,
        Optional<String> base,
        Optional<String> folder,
        Optional<String> license,
        DecoderConfig shape,
        String format,
        String library,
        PromptFormat prompts,
        Fidelity fidelity,
        CardUsage usage,
        Optional<CardRun> run) {
    private static final String FILE = "README.md";

    private static final String LION = "the library lion, which implements the method of"
            + " [Lion: Adversarial Distillation of Proprietary Large Language Models](https://arxiv.org/abs/2305.12870)";

    /** A model of the hub's, by itself or under its owner. */
    private static final String HUB_NAME = "(\\w[\\w-]{0,95}/)?\\w[\\w.-]{0,95}";

    void writeTo(Path directory) throws IOException {
        JsonFile.writeBytes(directory.resolve(FILE), text().getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        var lines = new ArrayList<String>();
        var training = new CardTraining(run);
        frontMatter(lines);
        lines.add("# " + Markdown.text(name));
        lines.add("");
        lines.add(introduction());
        section(lines, "How to run it", usage.lines());
        section(lines, "The files", files());
        section(lines, "How it was made", training.lines());
        section(lines, "Before you pass it on", new CardDuties(before(), license, run).lines());
        lines.add("");
        lines.add(training.trust());
        return String.join("\n", lines) + "\n";
    }

    private static void section(List<String> lines, String title, List<String> content) {
        lines.add("");
        lines.add("## " + title);
        lines.add("");
        lines.addAll(content);
    }

    private Optional<String> before() {
        return base.or(() -> folder).or(() -> run.flatMap(CardRun::base));
    }

    /** A folder's name is none of the hub's, whatever it looks like. */
    private void frontMatter(List<String> lines) {
        lines.add("---");
        lines.add("license: " + Markdown.yaml(license.orElse("other")));
        base.filter(model -> model.matches(HUB_NAME))
                .ifPresent(model -> lines.add("base_model: " + Markdown.yaml(model)));
        lines.add("library_name: " + library);
        lines.add("pipeline_tag: text-generation");
        lines.add("tags:");
        lines.add("  - lion");
        run.ifPresent(made -> lines.add("  - knowledge-distillation"));
        if (isAdversarial()) {
            lines.add("  - adversarial-distillation");
        }
        lines.add("  - " + shape.family().modelType());
        lines.add("---");
        lines.add("");
    }

    private boolean isAdversarial() {
        return run.filter(made -> made.adversarialIterations() > 0).isPresent();
    }

    private String introduction() {
        String from = before().map(model -> ", fine-tuned from " + Markdown.text(model))
                .orElse("");
        String how = isAdversarial() ? "made by adversarial distillation" : "made by distillation";
        return "A student of " + millions() + " million parameters ("
                + shape.family().modelType() + ")" + from + ", "
                + (run.isPresent() ? how + " with " : "exported with ") + LION + "." + teacher();
    }

    private String teacher() {
        if (run.filter(CardRun::isOfPuzzles).isPresent()) {
            return " Its teacher was lion's own puzzle solver, a program and no model.";
        }
        return run.flatMap(CardRun::teacher)
                .map(model -> " Its teacher was " + Markdown.text(model) + ".")
                .orElse("");
    }

    private String millions() {
        return String.format(Locale.ROOT, "%.1f", shape.parameterCount() / 1e6);
    }

    private List<String> files() {
        return List.of(
                "- Format: " + format + ".",
                "- Context: " + shape.maxPositionEmbeddings() + " tokens; vocabulary: " + shape.vocabSize()
                        + " tokens.",
                "- Prompt format: " + promptFormat() + "; it is in the files as a chat template.",
                "- Read back and compared with the student as it was trained, on fixed prompts: " + fidelity + ".");
    }

    private String promptFormat() {
        return prompts instanceof InstructionFormat own ? Markdown.text(own.name()) : "the base model's chat template";
    }
}
