package dev.lion.teacher.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.lion.teacher.chat.RecordedCall.Failure;
import dev.lion.teacher.chat.RecordedCall.Outcome;
import dev.lion.teacher.chat.RecordedCall.Reply;
import dev.lion.teacher.chat.RecordedCall.Request;
import dev.lion.teacher.chat.RequestForm.UndescribableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Calls as the lines of a recording. Any thread may use it. */
final class CallForm {
    private static final int VERSION = 1;

    private CallForm() {}

    /** The part of a line that tells what is asked of a model. */
    static Map<String, Object> asked(ChatModel model, ChatRequest request) {
        ChatRequestParameters defaults = model.defaultRequestParameters();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("v", VERSION);
        line.put("provider", model.provider().name());
        String name = request.modelName() == null ? defaults.modelName() : request.modelName();
        line.put("model", name == null ? "" : name);
        line.put("messages", RequestForm.messages(request.messages()));
        line.put("parameters", parameters(request.parameters()));
        line.put("defaults", parameters(defaults));
        line.put("capabilities", model.supportedCapabilities().stream().sorted().toList());
        return line;
    }

    private static Map<String, Object> parameters(ChatRequestParameters parameters) {
        try {
            return RequestForm.parameters(parameters);
        } catch (UndescribableException e) {
            return Map.of("unreadable", String.valueOf(e.getMessage()));
        }
    }

    /** What a request is known by: its messages and its own parameters, whichever model is asked. */
    static String key(ChatRequest request) {
        return key(RequestForm.messages(request.messages()), parameters(request.parameters()));
    }

    /** What the request of a line is known by. */
    static String key(Map<?, ?> line) {
        return key(value(line, "messages", List.class), value(line, "parameters", Map.class));
    }

    private static String key(Object messages, Object parameters) {
        return RequestForm.hash(new TreeMap<>(Map.of("messages", messages, "parameters", parameters)));
    }

    static Map<String, Object> failure(Throwable failure) {
        CallFailure known = CallFailure.of(failure);
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("reason", known.reason().name());
        known.status().ifPresent(status -> form.put("status", status));
        form.put("message", ProviderWords.quote(failure));
        return form;
    }

    /** @throws IllegalArgumentException saying what is missing or wrong */
    static RecordedCall read(Map<?, ?> line) {
        requireVersion(line);
        Request request = new Request(
                value(line, "provider", String.class),
                value(line, "model", String.class),
                messages(line),
                RequestForm.text(value(line, "parameters", Map.class)));
        Duration took = Duration.ofMillis(value(line, "millis", Number.class).longValue());
        return new RecordedCall(request, outcome(line), Instant.parse(value(line, "time", String.class)), took);
    }

    static void requireVersion(Map<?, ?> line) {
        int version = value(line, "v", Number.class).intValue();
        if (version != VERSION) {
            throw new IllegalArgumentException("is of format " + version + ", and this lion knows format " + VERSION);
        }
    }

    private static List<ChatMessage> messages(Map<?, ?> line) {
        return ChatMessageDeserializer.messagesFromJson(RequestForm.text(value(line, "messages", List.class)));
    }

    private static Outcome outcome(Map<?, ?> line) {
        if (line.get("reply") instanceof Map<?, ?> reply) {
            return new Reply(ReplyForm.read(reply));
        }
        Map<?, ?> failure = value(line, "failure", Map.class);
        return new Failure(
                CallFailure.Reason.valueOf(value(failure, "reason", String.class)),
                failure.get("status") instanceof Number status
                        ? OptionalInt.of(status.intValue())
                        : OptionalInt.empty(),
                value(failure, "message", String.class));
    }

    /** Whose model was recorded. */
    static ModelProvider provider(Map<?, ?> line) {
        return ModelProvider.valueOf(value(line, "provider", String.class));
    }

    /** What the recorded model could do. */
    static Set<Capability> capabilities(Map<?, ?> line) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Object name : value(line, "capabilities", Collection.class)) {
            capabilities.add(Capability.valueOf(String.valueOf(name)));
        }
        return capabilities;
    }

    private static <T> T value(Map<?, ?> form, String name, Class<T> type) {
        @Nullable Object value = form.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "the field \"" + name + "\" is missing or not a " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
