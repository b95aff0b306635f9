package dev.lion.student.serving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.Message.Role;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of a request: their roles, and their words or parts of text. */
final class MessagesReader {
    private static final String FIELD = "messages";

    private MessagesReader() {}

    /**
     * The messages in order.
     *
     * @throws RefusedException naming what is wrong in which of them
     */
    static List<Message> read(Fields body, int most) {
        JsonNode list = body.any(FIELD).orElseThrow(() -> RefusedException.field(FIELD, "must be given"));
        if (!list.isArray() || list.isEmpty()) {
            throw RefusedException.field(FIELD, "must be a list of at least one message");
        }
        if (list.size() > most) {
            throw RefusedException.field(FIELD, "must be at most " + most + ", not " + list.size());
        }
        var messages = new ArrayList<Message>();
        for (JsonNode message : list) {
            messages.add(message(new Fields(message, FIELD + "[" + messages.size() + "]"), messages.size()));
        }
        if (messages.get(messages.size() - 1).role() != Role.USER) {
            throw RefusedException.field(FIELD, "must end with a user's, for the student to answer");
        }
        return messages;
    }

    private static Message message(Fields message, int place) {
        String role =
                message.text("role").orElseThrow(() -> RefusedException.field(message.name("role"), "must be given"));
        for (String tools : List.of("tool_calls", "function_call")) {
            if (message.filled(tools).isPresent()) {
                throw RefusedException.unsupported(message.name(tools), "is not supported: a student calls no tools");
            }
        }
        return switch (role) {
            case "system", "developer" -> {
                if (place > 0) {
                    throw RefusedException.field(
                            message.name("role"), "is " + role + ": a student has one such message, the first");
                }
                yield Message.system(words(message));
            }
            case "user" -> Message.user(words(message));
            case "assistant" -> Message.assistant(words(message));
            case "tool", "function" ->
                throw RefusedException.unsupported(
                        message.name("role"), "is " + role + ", and a student calls no tools");
            default ->
                throw RefusedException.field(message.name("role"), "must be system, developer, user or assistant");
        };
    }

    private static String words(Fields message) {
        JsonNode content = message.any("content")
                .orElseThrow(() -> RefusedException.field(message.name("content"), "must be given"));
        if (content.isTextual()) {
            return paired(content.textValue(), message.name("content"));
        }
        if (!content.isArray()) {
            throw RefusedException.field(
                    message.name("content"), "must be a string or a list of parts, not " + Fields.kind(content));
        }
        var words = new ArrayList<String>();
        for (JsonNode part : content) {
            words.add(part(new Fields(part, message.name("content") + "[" + words.size() + "]")));
        }
        return String.join("\n", words);
    }

    private static String part(Fields part) {
        String type = part.text("type").orElse("");
        if (!type.equals("text")) {
            throw RefusedException.unsupported(
                    part.name("type"), "must be text: a student reads no images, no sound and no files");
        }
        String text = part.text("text").orElseThrow(() -> RefusedException.field(part.name("text"), "must be given"));
        return paired(text, part.name("text"));
    }

    /** The same text; JSON's escapes can write half of a character, which is refused. */
    static String paired(String text, String field) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (Character.isHighSurrogate(sign)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(sign)) {
                throw RefusedException.field(
                        field, "has half of a character at " + i + ", a surrogate without its pair");
            }
        }
        return text;
    }
}
