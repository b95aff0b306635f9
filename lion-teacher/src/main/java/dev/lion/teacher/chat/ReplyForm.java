package dev.lion.teacher.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replies as maps and plain values: {@code message, id, model, finish, inputTokens, outputTokens}. Any thread may use it. */
final class ReplyForm {
    private ReplyForm() {}

    /** What of a reply is kept; the raw HTTP response and the like are not. */
    static Map<String, Object> of(ChatResponse reply) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("message", RequestForm.read(ChatMessageSerializer.messageToJson(reply.aiMessage())));
        put(form, "id", reply.id());
        put(form, "model", reply.modelName());
        put(
                form,
                "finish",
                reply.finishReason() == null ? null : reply.finishReason().name());
        TokenUsage usage = reply.tokenUsage();
        if (usage != null) {
            put(form, "inputTokens", usage.inputTokenCount());
            put(form, "outputTokens", usage.outputTokenCount());
        }
        return form;
    }

    private static void put(Map<String, Object> form, String name, @Nullable Object value) {
        if (value != null) {
            form.put(name, value);
        }
    }

    /** The reply with the usage that was reported at the time. */
    static ChatResponse read(Map<?, ?> form) {
        boolean counted = form.containsKey("inputTokens") || form.containsKey("outputTokens");
        return read(form, counted ? new TokenUsage(count(form, "inputTokens"), count(form, "outputTokens")) : null);
    }

    /** The reply, for which nothing is charged now. */
    static ChatResponse readFree(Map<?, ?> form) {
        return read(form, FreeTokenUsage.INSTANCE);
    }

    private static ChatResponse read(Map<?, ?> form, @Nullable TokenUsage usage) {
        if (!(ChatMessageDeserializer.messageFromJson(RequestForm.text(value(form, "message")))
                instanceof AiMessage message)) {
            throw new IllegalArgumentException("the field \"message\" is not the message of a model");
        }
        ChatResponseMetadata.Builder<?> metadata = ChatResponseMetadata.builder();
        if (form.get("id") instanceof String id) {
            metadata.id(id);
        }
        if (form.get("model") instanceof String model) {
            metadata.modelName(model);
        }
        if (form.get("finish") instanceof String finish) {
            metadata.finishReason(FinishReason.valueOf(finish));
        }
        if (usage != null) {
            metadata.tokenUsage(usage);
        }
        return ChatResponse.builder()
                .aiMessage(message)
                .metadata(metadata.build())
                .build();
    }

    private static Object value(Map<?, ?> form, String name) {
        Object value = form.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the field \"" + name + "\" is missing");
        }
        return value;
    }

    private static @Nullable Integer count(Map<?, ?> form, String name) {
        return form.get(name) instanceof Number number ? number.intValue() : null;
    }

    /** The same reply, for which nothing is charged. */
    static ChatResponse withoutCharge(ChatResponse reply) {
        return readFree(of(reply));
    }
}
