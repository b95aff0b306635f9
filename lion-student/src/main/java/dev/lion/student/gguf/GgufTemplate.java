package dev.lion.student.gguf;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lion.student.prompt.ChatTemplate;
import dev.lion.student.prompt.InstructionFormat;
import dev.lion.student.prompt.PromptFormat;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A prompt format as a chat template that stands alone: what lion's settings say beside a model's own template is written
 * before it, as others know nothing of them.
 */
public final class GgufTemplate {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH);

    private GgufTemplate() {}

    /** The template, in Jinja. */
    public static String of(PromptFormat format) {
        if (format instanceof InstructionFormat own) {
            return own.chatTemplate();
        }
        var chat = (ChatTemplate) format;
        return system(chat) + thinking(chat) + date(chat) + chat.source();
    }

    private static String system(ChatTemplate chat) {
        return chat.system()
                .map(words ->
                        "{%- if messages[0]['role'] != 'system' %}{%- set messages = [{'role': 'system', 'content': "
                                + TextNode.valueOf(words) + "}] + messages %}{%- endif %}")
                .orElse("");
    }

    private static String thinking(ChatTemplate chat) {
        return chat.source().contains("enable_thinking") ? "{%- set enable_thinking = " + chat.thinking() + " %}" : "";
    }

    /** Llama 3's templates name a day, which is today's where nobody says otherwise. */
    private static String date(ChatTemplate chat) {
        return chat.source().contains("date_string")
                ? "{%- set date_string = '" + chat.date().format(DAY) + "' %}"
                : "";
    }
}
