package dev.lion.teacher.chat;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A chat model around another one. It has no listeners of its own: those of the wrapped model fire when that model is
 * really called. Subclasses say what happens to a request in {@link #chat(ChatRequest, ChatRequestOptions)} and reach the wrapped
 * model through {@link #ask}; they are for any thread, as LangChain4j's models are.
 */
public abstract class ChatModelDecorator implements ChatModel {
    private final ChatModel wrapped;

    /** A decorator of a model. */
    protected ChatModelDecorator(ChatModel wrapped) {
        this.wrapped = Objects.requireNonNull(wrapped, "model");
    }

    /** The model that this one wraps. */
    protected final ChatModel wrapped() {
        return wrapped;
    }

    /** Hands a request to the wrapped model. */
    protected final ChatResponse ask(ChatRequest request, ChatRequestOptions options) {
        return ask(wrapped, request, options);
    }

    /** Hands a request to a model. */
    static ChatResponse ask(ChatModel model, ChatRequest request, ChatRequestOptions options) {
        // a model written by an application may have only the simpler method
        return options.equals(ChatRequestOptions.EMPTY) ? model.chat(request) : model.chat(request, options);
    }

    @Override
    public final ChatResponse chat(ChatRequest request) {
        return chat(request, ChatRequestOptions.EMPTY);
    }

    @Override
    public abstract ChatResponse chat(ChatRequest request, ChatRequestOptions options);

    /**
     * Says that the reply to a request was of no use, such as a verdict without scores, so that no decorator gives the same
     * reply again. By default the wrapped model is told, when it is a decorator too.
     */
    public void discard(ChatRequest request) {
        discard(wrapped, request);
    }

    /** Tells a model that a reply was of no use, when it is a decorator. */
    static void discard(ChatModel model, ChatRequest request) {
        if (model instanceof ChatModelDecorator decorator) {
            decorator.discard(request);
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return wrapped.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return List.of();
    }

    @Override
    public ModelProvider provider() {
        return wrapped.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return wrapped.supportedCapabilities();
    }
}
