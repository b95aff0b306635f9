package dev.lion.teacher.harvest;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request of the application and its reply, as they are queued. */
record Exchange(ChatRequest request, ChatResponse response) {
    /**
     * What the user asked, when that stands for itself: one message of one text, with nothing but system messages before
     * it. Later turns of a conversation mean nothing without the earlier ones.
     */
    Optional<Harvested> harvested() {
        List<ChatMessage> turns = new ArrayList<>(request.messages());
        turns.removeIf(SystemMessage.class::isInstance);
        return turns.size() == 1
                        && turns.get(0) instanceof UserMessage user
                        && user.hasSingleText()
                        && !user.singleText().isBlank()
                ? Optional.of(new Harvested(Instruction.of(user.singleText().strip()), system(), answer(), model()))
                : Optional.empty();
    }

    private String system() {
        return request.messages().stream()
                .filter(SystemMessage.class::isInstance)
                .map(message -> ((SystemMessage) message).text())
                .collect(Collectors.joining("\n\n"));
    }

    private Optional<Response> answer() {
        AiMessage message = response.aiMessage();
        String text = message.text();
        boolean whole = response.finishReason() == null
                || response.finishReason() == dev.langchain4j.model.output.FinishReason.STOP;
        return whole && text != null && !text.isBlank() && !message.hasToolExecutionRequests() && isFreeText()
                ? Optional.of(new Response(text.stripTrailing(), FinishReason.STOP, usage(response.tokenUsage())))
                : Optional.empty();
    }

    private boolean isFreeText() {
        ResponseFormat format = request.responseFormat();
        return format == null || format.type() == ResponseFormatType.TEXT;
    }

    private String model() {
        String served = response.modelName();
        String asked = request.modelName();
        return asked != null ? asked : served != null ? served : "";
    }

    private static TokenUsage usage(dev.langchain4j.model.output.@Nullable TokenUsage usage) {
        return usage == null
                ? TokenUsage.NONE
                : new TokenUsage(count(usage.inputTokenCount()), count(usage.outputTokenCount()));
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }
}
