package dev.lion.student.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.ChatRequestValidationUtils;
import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.Message.Role;
import java.util.List;
import java.util.stream.Collectors;

/** LangChain4j's messages as a student reads them. */
final class ChatMessages {
    private static final String PART_BREAK = "\n";

    private ChatMessages() {}

    /**
     * The messages in order; the text parts of one follow each other on lines of their own, and a user's name is not read.
     *
     * @throws UnsupportedFeatureException for what is not text, and for tools
     */
    static List<Message> of(List<ChatMessage> messages) {
        ChatRequestValidationUtils.validateMessages(messages);
        return messages.stream().map(ChatMessages::of).toList();
    }

    private static Message of(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return Message.user(text(user));
        }
        if (message instanceof SystemMessage system) {
            return Message.system(system.text());
        }
        if (message instanceof AiMessage answer && !answer.hasToolExecutionRequests()) {
            return Message.assistant(answer.text() == null ? "" : answer.text());
        }
        throw new UnsupportedFeatureException("messages of type " + message.type()
                + (message instanceof AiMessage ? " that call tools" : "") + " are not supported by a student");
    }

    private static String text(UserMessage message) {
        return message.contents().stream()
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining(PART_BREAK));
    }

    /**
     * Checks that there is something to answer.
     *
     * @throws InvalidRequestException when there is not
     */
    static void requireOrder(List<Message> messages) {
        for (int i = 1; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.SYSTEM) {
                throw new InvalidRequestException(
                        "message " + (i + 1) + " is a system message: a student has one at most, and it comes first");
            }
        }
        if (messages.get(messages.size() - 1).role() != Role.USER) {
            throw new InvalidRequestException("the last message is to be the user's, for the student to answer");
        }
    }
}
