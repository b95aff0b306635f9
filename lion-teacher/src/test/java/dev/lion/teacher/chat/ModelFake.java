package dev.lion.teacher.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A model in this process, whose every call is a function of its number, counted from 1. */
final class ModelFake implements ChatModel {
    static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("Name a city.")).build();

    private final IntFunction<String> script;
    private final AtomicInteger calls = new AtomicInteger();

    ModelFake(IntFunction<String> script) {
        this.script = script;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return response(script.apply(calls.incrementAndGet()));
    }

    static ChatResponse response(String text) {
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
    }
}
