package dev.lion.student;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lion.data.Instruction;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How an instruction is put to the student; {@link #alpaca()}, the paper's, unless chosen otherwise. The student's answer
 * follows the prompt directly. A student answers well in the format that it was trained with, so the format is saved with
 * it, in full, in {@code tokenizer_config.json}.
 *
 * @param name what the format is called in files
 * @param template the prompt, with {@code {instruction}} once
 * @param templateWithInput the prompt of an instruction that has an input, with {@code {instruction}} and, after it, {@code
 *     {input}}, once each
 */
public record PromptFormat(String name, String template, String templateWithInput) {
    private static final String FILE = "tokenizer_config.json";
    private static final String FIELD = "lion_prompt_format";
    private static final String INSTRUCTION = "{instruction}";
    private static final String INPUT = "{input}";

    public PromptFormat {
        Objects.requireNonNull(name, "name");
        var faults = new ArrayList<String>();
        requireOnce(faults, "template", template, INSTRUCTION);
        requireOnce(faults, "templateWithInput", templateWithInput, INSTRUCTION);
        requireOnce(faults, "templateWithInput", templateWithInput, INPUT);
        if (templateWithInput.indexOf(INPUT) < templateWithInput.indexOf(INSTRUCTION)) {
            faults.add("templateWithInput has " + INPUT + " before " + INSTRUCTION);
        }
        if (template.contains(INPUT)) {
            faults.add("template is for instructions without an input and must not have " + INPUT);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("not a prompt format: " + String.join("; ", faults));
        }
    }

    private static void requireOnce(List<String> faults, String field, String template, String placeholder) {
        int first = template.indexOf(placeholder);
        if (first < 0 || first != template.lastIndexOf(placeholder)) {
            faults.add(field + " must have " + placeholder + " exactly once");
        }
    }

    /** The paper's: the headings {@code ### Instruction:}, {@code ### Input:} where there is one, {@code ### Response:}. */
    public static PromptFormat alpaca() {
        return new PromptFormat(
                "alpaca",
                "### Instruction:\n{instruction}\n\n### Response:\n",
                "### Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:\n");
    }

    /** The instruction, its input and no heading, a line each: short, for tiny students trained from nothing. */
    public static PromptFormat plain() {
        return new PromptFormat("plain", "{instruction}\n", "{instruction}\n{input}\n");
    }

    /** What the student reads before it answers. Placeholders inside the instruction's own words stay as they are. */
    public String prompt(Instruction instruction) {
        String chosen = instruction.input().isEmpty() ? template : templateWithInput;
        int text = chosen.indexOf(INSTRUCTION);
        String after = chosen.substring(text + INSTRUCTION.length());
        return chosen.substring(0, text) + instruction.text() + after.replace(INPUT, instruction.input());
    }

    /**
     * Adds the format to the folder's {@code tokenizer_config.json}, which is made when there is none: in full under {@code
     * lion_prompt_format}, and as a {@code chat_template} for other tools, in place of any other.
     *
     * @throws IOException naming the file, when it cannot be written in full
     */
    public void writeTo(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        ObjectNode config = Files.exists(file) ? JsonFile.read(file) : JsonNodeFactory.instance.objectNode();
        config.put("chat_template", chatTemplate());
        config.putObject(FIELD)
                .put("name", name)
                .put("template", template)
                .put("template_with_input", templateWithInput);
        JsonFile.write(file, config);
    }

    /**
     * The format that the folder's {@code tokenizer_config.json} holds; empty when the model was not trained by lion.
     *
     * @throws CheckpointException when what it holds is not a prompt format
     */
    public static Optional<PromptFormat> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode json = JsonFile.read(file).path(FIELD);
        if (json.isMissingNode()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PromptFormat(
                    json.path("name").asText(),
                    json.path("template").asText(),
                    json.path("template_with_input").asText()));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + FIELD + ": " + e.getMessage(), e);
        }
    }

    /**
     * The template without input as Jinja: each user message becomes a prompt, each assistant message an answer that ends
     * with the end-of-text token. Literal text is inside expressions, where no white space is trimmed.
     */
    String chatTemplate() {
        int text = template.indexOf(INSTRUCTION);
        String before = jinjaString(template.substring(0, text));
        String after = jinjaString(template.substring(text + INSTRUCTION.length()));
        return "{% for message in messages %}{% if message['role'] == 'user' %}{{ " + before
                + " + message['content'] + "
                + after + " }}{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token }}"
                + "{% endif %}{% endfor %}";
    }

    /** JSON's escapes are among Jinja's. */
    private static String jinjaString(String text) {
        return TextNode.valueOf(text).toString();
    }
}
