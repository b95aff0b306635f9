package dev.lion.teacher.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.lion.data.TokenUsage;
import dev.lion.teacher.chat.RequestForm.UndescribableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The most tokens that a request may take: no tokenizer makes more tokens of a text than its UTF-8 has bytes. */
final class MostTokens {
    /** A chat template adds a few tokens to each message, and to the whole. */
    private static final long TEMPLATE = 32;

    private static final List<String> OUTPUT_LIMITS = List.of("maxOutputTokens", "maxCompletionTokens");

    private MostTokens() {}

    /**
     * The most, unless a message holds more than text, or the reply has no limit.
     *
     * @param parameters the request's own, laid over the model's defaults
     * @param ofModel the limit on a reply where the request sends none
     */
    static Optional<TokenUsage> of(List<ChatMessage> messages, ChatRequestParameters parameters, OptionalInt ofModel) {
        if (!messages.stream().allMatch(MostTokens::isText)) {
            return Optional.empty();
        }
        try {
            Map<String, Object> form = RequestForm.parameters(parameters);
            long input =
                    TEMPLATE + messages.stream().mapToLong(MostTokens::most).sum() + bytes(RequestForm.text(form));
            OptionalInt output = outputLimit(form);
            OptionalInt limit = output.isPresent() ? output : ofModel;
            return limit.isPresent() ? Optional.of(new TokenUsage(input, limit.getAsInt())) : Optional.empty();
        } catch (UndescribableException e) {
            return Optional.empty();
        }
    }

    // OpenAI has a second name for it
    private static OptionalInt outputLimit(Map<String, Object> form) {
        return OUTPUT_LIMITS.stream()
                .map(form::get)
                .filter(Integer.class::isInstance)
                .mapToInt(Integer.class::cast)
                .max();
    }

    private static boolean isText(ChatMessage message) {
        if (message instanceof AiMessage ai) {
            return ai.images().isEmpty();
        }
        return !(message instanceof UserMessage user)
                || user.contents().stream().map(Content::type).allMatch(ContentType.TEXT::equals);
    }

    // as JSON, which holds everything that a message may bring along, such as calls of tools
    private static long most(ChatMessage message) {
        return TEMPLATE + bytes(ChatMessageSerializer.messageToJson(message));
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
