package dev.lion.student.prompt;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lion.data.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Prompts that are a text with places for the instruction and its input; {@link #alpaca()}, the paper's, where neither user
 * nor model says otherwise. The student's answer follows the prompt directly, and the model's end-of-text token ends it.
 *
 * @param name what the format is called in files
 * @param template the prompt, with {@code {instruction}} once
 * @param templateWithInput the prompt of an instruction that has an input, with {@code {instruction}} and, after it, {@code
 *     {input}}, once each
 * @param system what stands before the first prompt, with an empty line after it; default nothing
 */
public record InstructionFormat(String name, String template, String templateWithInput, Optional<String> system)
        implements PromptFormat {
    private static final String INSTRUCTION = "{instruction}";
    private static final String INPUT = "{input}";
    /** Between the system message and what follows. */
    static final String BREAK = "\n\n";

    public InstructionFormat {
        Objects.requireNonNull(system, "system");
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

    /** A format of the user's own, without a system message; special tokens in its templates are special tokens. */
    public static InstructionFormat of(String name, String template, String templateWithInput) {
        return new InstructionFormat(name, template, templateWithInput, Optional.empty());
    }

    /** The paper's: the headings {@code ### Instruction:}, {@code ### Input:} where there is one, {@code ### Response:}. */
    public static InstructionFormat alpaca() {
        return of(
                "alpaca",
                "### Instruction:\n{instruction}\n\n### Response:\n",
                "### Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:\n");
    }

    /** The instruction, its input and no heading, a line each: short, for tiny students trained from nothing. */
    public static InstructionFormat plain() {
        return of("plain", "{instruction}\n", "{instruction}\n{input}\n");
    }

    /**
     * What the student reads before it answers, the system message apart. Placeholders inside the instruction's own words
     * stay as they are.
     */
    public String prompt(Instruction instruction) {
        return prompt(instruction.text(), instruction.input());
    }

    /** The prompt of a text and its input, empty for none. */
    String prompt(String text, String input) {
        String chosen = input.isEmpty() ? template : templateWithInput;
        int place = chosen.indexOf(INSTRUCTION);
        String after = chosen.substring(place + INSTRUCTION.length());
        return chosen.substring(0, place) + text + after.replace(INPUT, input);
    }

    @Override
    public InstructionFormat withSystem(String message) {
        return new InstructionFormat(name, template, templateWithInput, Optional.of(message));
    }

    /**
     * The template without input as Jinja: the system message comes first, each user message becomes a prompt, each assistant
     * message an answer that ends with the end-of-text token. Literal text is inside expressions, where no white space is trimmed.
     */
    public String chatTemplate() {
        int text = template.indexOf(INSTRUCTION);
        String before = jinjaString(template.substring(0, text));
        String after = jinjaString(template.substring(text + INSTRUCTION.length()));
        String told = system.map(words ->
                        "{% if messages[0]['role'] != 'system' %}{{ " + jinjaString(words + BREAK) + " }}{% endif %}")
                .orElse("");
        return told + "{% for message in messages %}{% if message['role'] == 'user' %}{{ " + before
                + " + message['content'] + "
                + after + " }}{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token }}"
                + "{% elif message['role'] == 'system' %}{{ message['content'] + " + jinjaString(BREAK) + " }}"
                + "{% endif %}{% endfor %}";
    }

    /** JSON's escapes are among Jinja's. */
    private static String jinjaString(String text) {
        return TextNode.valueOf(text).toString();
    }
}
