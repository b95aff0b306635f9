package dev.lion.teacher;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A model in this process that replies to the user's message by a script, with 11 tokens read and 7 written. */
final class ScriptedModel implements ChatModel {
    private final UnaryOperator<String> script;
    private final boolean schemas;
    private final List<ChatRequest> requests = new CopyOnWriteArrayList<>();

    ScriptedModel(boolean schemas, UnaryOperator<String> script) {
        this.schemas = schemas;
        this.script = script;
    }

    static ScriptedModel of(UnaryOperator<String> script) {
        return new ScriptedModel(false, script);
    }

    List<ChatRequest> requests() {
        return requests;
    }

    /** The user's message of a request. */
    static String user(ChatRequest request) {
        return ((UserMessage) request.messages().get(1)).singleText();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        requests.add(request);
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(script.apply(user(request))))
                .tokenUsage(new TokenUsage(11, 7))
                .build();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return schemas ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA) : Set.of();
    }
}
