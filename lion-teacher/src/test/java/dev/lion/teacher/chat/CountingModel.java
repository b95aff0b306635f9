package dev.lion.teacher.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A model in this process that replies what a function says, and counts its calls and those that its listener saw. */
final class CountingModel implements ChatModel {
    private final Function<ChatRequest, ChatResponse> script;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();
    private final ChatRequestParameters defaults;
    private ModelProvider provider = ModelProvider.OTHER;

    CountingModel(Function<ChatRequest, ChatResponse> script) {
        this(script, ChatRequestParameters.builder().modelName("counting").build());
    }

    CountingModel(Function<ChatRequest, ChatResponse> script, ChatRequestParameters defaults) {
        this.script = script;
        this.defaults = defaults;
    }

    CountingModel of(ModelProvider newProvider) {
        provider = newProvider;
        return this;
    }

    /** Replies with the number of the call. */
    static CountingModel numbering() {
        AtomicInteger number = new AtomicInteger();
        return new CountingModel(request -> reply("reply " + number.incrementAndGet()));
    }

    static ChatResponse reply(String text) {
        return reply(text, FinishReason.STOP);
    }

    static ChatResponse reply(String text, FinishReason finish) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .id("id-1")
                .modelName("served")
                .finishReason(finish)
                .tokenUsage(new TokenUsage(11, 7))
                .build();
    }

    static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        calls.incrementAndGet();
        return script.apply(request);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaults;
    }

    @Override
    public ModelProvider provider() {
        return provider;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return List.of(new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                heard.addAndGet(1000);
            }

            @Override
            public void onResponse(ChatModelResponseContext context) {
                heard.incrementAndGet();
            }
        });
    }

    int calls() {
        return calls.get();
    }

    /** A thousand for each request, one for each response. */
    int heard() {
        return heard.get();
    }
}
