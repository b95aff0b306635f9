package dev.lion.student.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.lion.student.LoadedStudent;
import dev.lion.student.RequestSeed;
import dev.lion.student.decoding.Continuation;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Message;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What the chat models have in common: a student, how it is asked, and the answers under way. May be used from any thread.
 *
 * @see StudentChatModelBuilder
 */
final class Answering implements AutoCloseable {
    private final LoadedStudent student;
    private final boolean owned;
    private final String name;
    private final StudentChatRequestParameters defaults;
    private final List<ChatModelListener> listeners;
    private final long seed;
    private final Set<Decoding> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Over a student.
     *
     * @param owned whether it is closed with this
     */
    Answering(
            LoadedStudent student,
            boolean owned,
            String name,
            StudentChatRequestParameters defaults,
            List<ChatModelListener> listeners,
            long seed) {
        this.student = student;
        this.owned = owned;
        this.name = name;
        this.defaults = defaults;
        this.listeners = List.copyOf(listeners);
        this.seed = seed;
    }

    StudentChatRequestParameters defaults() {
        return defaults;
    }

    List<ChatModelListener> listeners() {
        return listeners;
    }

    /**
     * The messages of a request that a student can answer.
     *
     * @throws dev.langchain4j.exception.UnsupportedFeatureException for any other
     */
    List<Message> supported(ChatRequest request) {
        AnswerSettings.requireSupported(request.parameters(), name);
        return ChatMessages.of(request.messages());
    }

    /**
     * Begins to answer.
     *
     * @param onText gets the text as it is decided, on the engine's thread
     * @throws RuntimeException as {@link ChatFailures} has it
     */
    Decoding begin(List<Message> messages, ChatRequest request, Consumer<String> onText) {
        requireOpen();
        ChatMessages.requireOrder(messages);
        var parameters = StudentChatRequestParameters.of(request.parameters());
        DecodingConfig config = AnswerSettings.decoding(parameters, student.decoding());
        Long said = parameters.seed();
        Decoding decoding;
        try {
            decoding = student.answer(messages, config, said == null ? RequestSeed.of(messages, seed) : said, onText);
        } catch (RuntimeException e) {
            throw ChatFailures.of(e);
        }
        underWay.add(decoding);
        var unused = decoding.result().whenComplete((answer, failure) -> underWay.remove(decoding));
        if (closed) {
            decoding.cancel();
        }
        return decoding;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this chat model is closed");
        }
    }

    /** The answer as LangChain4j has it. */
    ChatResponse response(Decoding decoding, Continuation answer) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(answer.text()))
                .metadata(StudentChatResponseMetadata.builder()
                        .id("chatcmpl-" + UUID.randomUUID())
                        .modelName(name)
                        .tokenUsage(new TokenUsage(
                                decoding.promptTokens(), answer.tokens().size()))
                        .finishReason(reason(answer.finishReason()))
                        .confidence(answer.confidence())
                        .logProbabilities(answer.logProbabilities())
                        .build())
                .build();
    }

    private static FinishReason reason(dev.lion.data.FinishReason reason) {
        return switch (reason) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
            case OTHER -> FinishReason.OTHER;
        };
    }

    /** Ends what is under way; frees the student if it came with this. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(Decoding::cancel);
        if (owned) {
            student.close();
        }
    }
}
