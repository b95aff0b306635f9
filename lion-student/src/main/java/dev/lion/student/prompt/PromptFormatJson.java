package dev.lion.student.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A prompt format in {@code tokenizer_config.json}. */
final class PromptFormatJson {
    /** The name of a model's own template; the template itself stands where every tool looks for it. */
    private static final String CHAT_TEMPLATE = "chat_template";

    private PromptFormatJson() {}

    static void write(PromptFormat format, ObjectNode config) {
        ObjectNode saved = config.putObject(PromptFormat.FIELD);
        if (format instanceof InstructionFormat own) {
            config.put(CHAT_TEMPLATE, own.chatTemplate());
            saved.put("name", own.name())
                    .put("template", own.template())
                    .put("template_with_input", own.templateWithInput());
        } else if (format instanceof ChatTemplate chat) {
            writeTemplate(chat, config);
            saved.put("name", CHAT_TEMPLATE)
                    .put("thinking", chat.thinking())
                    .put("date", chat.date().toString());
        }
        format.system().ifPresent(system -> saved.put("system", system));
    }

    /** Of several named templates only the default is lion's; the others stay. */
    private static void writeTemplate(ChatTemplate chat, ObjectNode config) {
        for (JsonNode template : config.path(CHAT_TEMPLATE)) {
            if (template.path("name").asText().equals("default") && template instanceof ObjectNode standard) {
                standard.put("template", chat.source());
                return;
            }
        }
        config.put(CHAT_TEMPLATE, chat.source());
    }

    /**
     * What was written.
     *
     * @throws IllegalArgumentException when it is no prompt format
     */
    static PromptFormat read(JsonNode saved, Optional<String> template) {
        if (!saved.isObject()) {
            throw new IllegalArgumentException("is not an object");
        }
        PromptFormat format = saved.path("name").asText().equals(CHAT_TEMPLATE)
                ? chat(saved, template)
                : new InstructionFormat(
                        saved.path("name").asText(),
                        saved.path("template").asText(),
                        saved.path("template_with_input").asText(),
                        Optional.empty());
        return saved.path("system").isTextual()
                ? format.withSystem(saved.path("system").asText())
                : format;
    }

    private static ChatTemplate chat(JsonNode saved, Optional<String> template) {
        ChatTemplate chat = template.map(ChatTemplate::of)
                .orElseThrow(() -> new IllegalArgumentException(
                        "it is the model's chat_template, but there is none; put it back, or choose another format"))
                .withThinking(saved.path("thinking").asBoolean());
        try {
            return saved.path("date").isMissingNode()
                    ? chat
                    : chat.withDate(LocalDate.parse(saved.path("date").asText()));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("the date " + saved.path("date") + " is not one such as 2024-07-26", e);
        }
    }
}
