package dev.lion.teacher;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.teacher.chat.CallFailure;
import dev.lion.teacher.chat.ChatModelDecorator;
import dev.lion.teacher.chat.DamagedReplyException;
import dev.lion.teacher.chat.FreeTokenUsage;
import dev.lion.teacher.chat.SoundReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One request to a chat model and what came of it in lion's own terms. Immutable; it is as thread-safe as the model is,
 * and LangChain4j's models are.
 *
 * @param role whose call it is, for messages
 * @param model the model
 * @param modelName overrides the name that the model was built with
 * @param sampling what is sent of temperature and top-p
 */
record ModelCall(String role, ChatModel model, Optional<String> modelName, Sampling sampling) {
    private static final long TEMPLATE_TOKENS = 32;

    /**
     * Sends the messages once. A reply without text is an empty text; white space at its end is cut off. A reply that
     * the provider withheld, or in which the model declined, has the finish reason {@link FinishReason#CONTENT_FILTER}.
     *
     * @param maxOutputTokens the limit on the reply; empty sends none
     */
    Response send(List<ChatMessage> messages, OptionalInt maxOutputTokens) throws InterruptedException {
        return send(request(messages, maxOutputTokens));
    }

    /** Sends a request once, in the same way. */
    Response send(ChatRequest request) throws InterruptedException {
        try {
            return read(request, model.chat(request));
        } catch (RuntimeException e) {
            if (CallFailure.of(e).reason() == CallFailure.Reason.CONTENT_FILTERED) {
                return new Response("", FinishReason.CONTENT_FILTER, TokenUsage.NONE);
            }
            if (e instanceof DamagedReplyException) {
                discard(request);
            }
            throw ModelFailures.translate(role, e);
        }
    }

    /** What a reply to a request means, whoever sent the request. */
    Response read(ChatRequest request, ChatResponse reply) {
        return toResponse(SoundReply.require(request, reply));
    }

    /** Says that the reply to a request was of no use, so that the next attempt does not find it in a cache. */
    void discard(ChatRequest request) {
        if (model instanceof ChatModelDecorator decorator) {
            decorator.discard(request);
        }
    }

    /** Whether the model can be held to a JSON schema. */
    boolean supportsSchema() {
        return model.supportedCapabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    /**
     * The most tokens that sending these messages may take: no tokenizer makes more tokens of a text than its UTF-8 has
     * bytes, and a chat template adds a few to each message.
     *
     * @param maxOutputTokens the limit on the reply; empty when there is none, and then the most is not known
     */
    static Optional<TokenUsage> most(List<ChatMessage> messages, OptionalInt maxOutputTokens) {
        long input = messages.stream().mapToLong(ModelCall::mostTokens).sum();
        return maxOutputTokens.isPresent()
                ? Optional.of(new TokenUsage(input + TEMPLATE_TOKENS, maxOutputTokens.getAsInt()))
                : Optional.empty();
    }

    private static long mostTokens(ChatMessage message) {
        String text = message instanceof SystemMessage system ? system.text() : ((UserMessage) message).singleText();
        return text.getBytes(StandardCharsets.UTF_8).length + TEMPLATE_TOKENS;
    }

    /** A request with the messages and the settings of this call. */
    ChatRequest request(List<ChatMessage> messages, OptionalInt maxOutputTokens) {
        return request(messages, maxOutputTokens, Optional.empty());
    }

    /** The same for a reply in a form that the model is held to. */
    ChatRequest request(List<ChatMessage> messages, OptionalInt maxOutputTokens, Optional<ResponseFormat> format) {
        ChatRequest.Builder request = ChatRequest.builder().messages(messages);
        format.ifPresent(request::responseFormat);
        modelName.ifPresent(request::modelName);
        sampling.temperature().ifPresent(request::temperature);
        sampling.topP().ifPresent(request::topP);
        maxOutputTokens.ifPresent(request::maxOutputTokens);
        return request.build();
    }

    private Response toResponse(ChatResponse response) {
        String text = response.aiMessage().text();
        return new Response(
                text == null ? "" : text.stripTrailing(),
                finishReason(response.finishReason(), model.provider()),
                usage(response.tokenUsage()));
    }

    private static FinishReason finishReason(
            dev.langchain4j.model.output.@Nullable FinishReason reason, ModelProvider provider) {
        if (reason == null) {
            return FinishReason.OTHER;
        }
        return switch (reason) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
            case TOOL_EXECUTION -> FinishReason.OTHER;
            // the client's word for Anthropic's refusal, whose text must not be learnt
            case OTHER -> provider == ModelProvider.ANTHROPIC ? FinishReason.CONTENT_FILTER : FinishReason.OTHER;
        };
    }

    private static TokenUsage usage(dev.langchain4j.model.output.@Nullable TokenUsage usage) {
        if (usage instanceof FreeTokenUsage) {
            return TokenUsage.FREE;
        }
        return usage == null
                ? TokenUsage.NONE
                : new TokenUsage(count(usage.inputTokenCount()), count(usage.outputTokenCount()));
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }
}
